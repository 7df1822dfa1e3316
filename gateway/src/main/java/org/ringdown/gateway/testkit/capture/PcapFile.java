package org.ringdown.gateway.testkit.capture;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A capture as tcpdump writes it ({@code draft-ietf-opsawg-pcap}). Immutable. */
final class PcapFile {
  private static final int MICROSECONDS = 0xA1B2C3D4;
  private static final int NANOSECONDS = 0xA1B23C4D;
  private static final int NEXT_GENERATION = 0x0A0D0D0A;
  private static final int HEADER_BYTES = 24;
  private static final int RECORD_BYTES = 16;
  private static final int LINK_TYPE_AT = 20;
  private static final int LINK_TYPE_BITS = 0xFFFF;
  private static final long MOST_BYTES = 256L << 20;

  private final Path file;
  private final ByteBuffer bytes;
  private final long fractionNanos;
  private final LinkType link;

  /** What was captured, and when, since 1970. */
  record Frame(Duration time, Datagram datagram) {}

  private PcapFile(Path file, ByteBuffer bytes, long fractionNanos) throws IOException {
    this.file = file;
    this.bytes = bytes;
    this.fractionNanos = fractionNanos;
    int number = bytes.getInt(LINK_TYPE_AT) & LINK_TYPE_BITS;
    this.link =
        LinkType.numbered(number)
            .orElseThrow(
                () ->
                    new IOException(
                        file
                            + " was captured on a link of type "
                            + number
                            + "; expected Ethernet, Linux cooked, raw IP or loopback"));
  }

  /**
   * Every UDP datagram in a file, in the order of the file.
   *
   * @throws IOException with the file's name and what is wrong with it
   */
  static ImmutableList<Frame> read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException("there is no file " + file);
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + " is larger than " + (MOST_BYTES >> 20) + " MiB");
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    return of(file, bytes).frames();
  }

  private static PcapFile of(Path file, ByteBuffer bytes) throws IOException {
    int magic = bytes.remaining() < HEADER_BYTES ? 0 : bytes.getInt(0);
    if (magic == NEXT_GENERATION) {
      throw new IOException(
          file + " is a pcapng file; expected pcap (editcap -F pcap turns one into the other)");
    }
    bytes.order(
        magic == Integer.reverseBytes(MICROSECONDS) || magic == Integer.reverseBytes(NANOSECONDS)
            ? ByteOrder.LITTLE_ENDIAN
            : ByteOrder.BIG_ENDIAN);
    return switch (bytes.remaining() < HEADER_BYTES ? 0 : bytes.getInt(0)) {
      case MICROSECONDS -> new PcapFile(file, bytes, 1000);
      case NANOSECONDS -> new PcapFile(file, bytes, 1);
      default -> throw new IOException(file + " is no pcap file");
    };
  }

  private ImmutableList<Frame> frames() throws IOException {
    ImmutableList.Builder<Frame> frames = ImmutableList.builder();
    int at = HEADER_BYTES;
    while (at + RECORD_BYTES <= bytes.limit()) {
      int length = bytes.getInt(at + 8);
      if (length < 0 || length > bytes.limit() - at - RECORD_BYTES) {
        throw new IOException(file + " is cut off or damaged at byte " + at);
      }
      Duration time =
          Duration.ofSeconds(
              Integer.toUnsignedLong(bytes.getInt(at)), bytes.getInt(at + 4) * fractionNanos);
      datagram(at + RECORD_BYTES, length).ifPresent(found -> frames.add(new Frame(time, found)));
      at += RECORD_BYTES + length;
    }
    return frames.build();
  }

  private Optional<Datagram> datagram(int start, int length) {
    ByteBuffer frame = bytes.slice(start, length); // big-endian, as networks are
    return link.packet(frame).flatMap(Datagram::in);
  }
}
