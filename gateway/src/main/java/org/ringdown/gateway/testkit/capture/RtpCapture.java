package org.ringdown.gateway.testkit.capture;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.LinkedListMultimap;
import com.google.common.collect.ListMultimap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ringdown.gateway.media.rtp.RtpHeader;
import org.ringdown.gateway.sound.TimedPacket;
import org.ringdown.gateway.testkit.capture.PcapFile.Frame;

/** One RTP stream of a capture, with the times at which its packets came. Immutable. */
public final class RtpCapture {
  private static final int FIRST_RTCP_TYPE = 64;
  private static final int LAST_RTCP_TYPE = 95;

  private final ImmutableList<TimedPacket> packets;

  private RtpCapture(ImmutableList<TimedPacket> packets) {
    this.packets = packets;
  }

  /**
   * Reads a pcap file of Ethernet, Linux cooked, raw IP or loopback, IPv4 and IPv6.
   *
   * @param ssrc which of its streams, such as {@code 0x1A2B3C4D}; may be left out where there is
   *     only one
   * @throws IOException with the file's name and what is wrong with it
   */
  public static RtpCapture read(Path file, Optional<String> ssrc) throws IOException {
    ListMultimap<Stream, Frame> streams = LinkedListMultimap.create();
    for (Frame frame : PcapFile.read(file)) {
      if (isRtp(frame.datagram().payload())) {
        streams.put(Stream.of(frame.datagram()), frame);
      }
    }
    if (streams.isEmpty()) {
      throw new IOException("there is no RTP in " + file);
    }
    return new RtpCapture(packets(choose(file, streams, ssrc)));
  }

  /** As RFC 5761 section 4 tells RTP from RTCP. */
  private static boolean isRtp(ByteBuffer payload) {
    if (RtpHeader.payloadOffset(payload) < 0) {
      return false;
    }
    int type = RtpHeader.payloadType(payload);
    return type < FIRST_RTCP_TYPE || type > LAST_RTCP_TYPE;
  }

  private static Collection<Frame> choose(
      Path file, ListMultimap<Stream, Frame> streams, Optional<String> ssrc) throws IOException {
    var found =
        streams.keySet().stream()
            .filter(stream -> ssrc.isEmpty() || stream.ssrc() == number(ssrc.get()))
            .toList();
    if (found.size() == 1) {
      return streams.get(found.get(0));
    }
    String all =
        streams.keySet().stream()
            .map(stream -> stream + ", " + streams.get(stream).size() + " packets")
            .collect(Collectors.joining("; "));
    throw new IOException(
        found.isEmpty()
            ? file + " has no stream " + ssrc.orElse("") + "; it has " + all
            : file + " has several streams; expected stream and an SSRC: " + all);
  }

  private static int number(String ssrc) {
    return Integer.parseUnsignedInt(ssrc.substring(2), 16);
  }

  /** In the order of time: some captures of several interfaces are not. */
  private static ImmutableList<TimedPacket> packets(Collection<Frame> frames) {
    ImmutableList<Frame> ordered =
        ImmutableList.sortedCopyOf(Comparator.comparing(Frame::time), frames);
    return ordered.stream()
        .map(
            frame ->
                new TimedPacket(
                    frame.time().minus(ordered.get(0).time()), bytes(frame.datagram().payload())))
        .collect(ImmutableList.toImmutableList());
  }

  private static byte[] bytes(ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(0, bytes);
    return bytes;
  }

  /** Its packets in order; at least one. */
  public ImmutableList<TimedPacket> packets() {
    return packets;
  }

  /** For a person: how many packets of which payload types, and how long they take. */
  @Override
  public String toString() {
    String types =
        packets.stream()
            .map(packet -> RtpHeader.payloadType(packet.packet()))
            .collect(Collectors.toCollection(TreeSet::new))
            .toString();
    return packets.size()
        + " packets of payload type "
        + types.substring(1, types.length() - 1)
        + String.format(
            Locale.ROOT, ", %.1f s", packets.get(packets.size() - 1).at().toMillis() / 1000.0);
  }

  /** What is one stream: a source on its way. */
  private record Stream(int ssrc, int fromPort, int toPort) {
    static Stream of(Datagram datagram) {
      return new Stream(RtpHeader.ssrc(datagram.payload()), datagram.fromPort(), datagram.toPort());
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "0x%08X from port %d to port %d", ssrc, fromPort, toPort);
    }
  }
}
