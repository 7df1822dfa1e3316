package org.ringdown.webrtc.media;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.ringdown.webrtc.ice.Path;
import org.ringdown.webrtc.srtp.SrtpResult;
import org.ringdown.webrtc.srtp.SrtpSession;

/**
 * Protects packets in place where there is room, else in a buffer of its own, and sends them in the
 * order in which they were protected. Safe from any thread.
 */
final class MediaSender {
  private static final int MAX_PACKET_BYTES = 2_048;

  private final PathCounters counters;
  private @Nullable ByteBuffer scratch;

  MediaSender(PathCounters counters) {
    this.counters = counters;
  }

  /** Sends one RTP packet. */
  void rtp(ByteBuffer packet, SrtpSession srtp, Path path) {
    send(packet, srtp::protectRtp, path, counters.rtpSent);
  }

  /** Sends one compound RTCP packet. */
  void rtcp(ByteBuffer packet, SrtpSession srtp, Path path) {
    send(packet, srtp::protectRtcp, path, counters.rtcpSent);
  }

  private synchronized void send(
      ByteBuffer packet, Protection protection, Path path, LongAdder sent) {
    ByteBuffer ready = withRoom(packet);
    if (ready == null || protection.protect(ready) != SrtpResult.OK) {
      counters.unsent.increment();
      return;
    }
    path.send(ready);
    sent.increment();
  }

  /** The packet where it can be protected in place; null if it is longer than any packet is. */
  private @Nullable ByteBuffer withRoom(ByteBuffer packet) {
    int room = packet.capacity() - packet.limit();
    if (packet.hasArray() && room >= SrtpSession.MAX_OVERHEAD_BYTES) {
      return packet;
    }
    return packet.remaining() > MAX_PACKET_BYTES ? null : scratch().clear().put(packet).flip();
  }

  /** Made when it is needed: relayed packets bring room along. */
  private ByteBuffer scratch() {
    ByteBuffer made = scratch;
    if (made == null) {
      made = ByteBuffer.allocate(MAX_PACKET_BYTES + SrtpSession.MAX_OVERHEAD_BYTES);
      scratch = made;
    }
    return made;
  }

  /** One of the two kinds of packet. */
  @FunctionalInterface
  interface Way {
    /** Sends one of it. */
    void send(ByteBuffer packet, SrtpSession srtp, Path path);
  }

  /** One of the two ways to protect. */
  @FunctionalInterface
  private interface Protection {
    SrtpResult protect(ByteBuffer packet);
  }
}
