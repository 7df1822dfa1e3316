package org.ringdown.gateway.testkit.capture;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** What stands before the IP packet in a frame, by the numbers of pcap files. */
enum LinkType {
  /** BSD loopback: an address family in the order of the machine. */
  NULL(0, 4),
  /** Ethernet. */
  ETHERNET(1, 14),
  /** Nothing; the number that OpenBSD has for it. */
  RAW_BSD(12, 0),
  /** Nothing; the number that others have for it. */
  RAW_OTHER(14, 0),
  /** Nothing. */
  RAW(101, 0),
  /** OpenBSD loopback. */
  LOOP(108, 4),
  /** Linux, any interface. */
  COOKED(113, 16),
  /** Nothing, and IPv4. */
  IPV4(228, 0),
  /** Nothing, and IPv6. */
  IPV6(229, 0),
  /** Linux, any interface, second version. */
  COOKED_2(276, 20);

  private static final int VLAN = 0x8100;
  private static final int PROVIDER_VLAN = 0x88A8;
  private static final int TAG_BYTES = 4;

  private final int number;
  private final int headerBytes;

  LinkType(int number, int headerBytes) {
    this.number = number;
    this.headerBytes = headerBytes;
  }

  static Optional<LinkType> numbered(int number) {
    return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
  }

  /** The packet in a frame, if the frame is long enough for one. What it is, it says itself. */
  Optional<ByteBuffer> packet(ByteBuffer frame) {
    int start = headerBytes;
    if (this == ETHERNET) {
      while (start + TAG_BYTES <= frame.remaining() && isTag(frame.getShort(start - 2))) {
        start += TAG_BYTES;
      }
    }
    return start >= frame.remaining()
        ? Optional.empty()
        : Optional.of(frame.slice(start, frame.remaining() - start));
  }

  private static boolean isTag(short etherType) {
    int type = etherType & 0xFFFF;
    return type == VLAN || type == PROVIDER_VLAN;
  }
}
