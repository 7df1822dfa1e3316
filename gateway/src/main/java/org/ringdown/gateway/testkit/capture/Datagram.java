package org.ringdown.gateway.testkit.capture;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What was sent by UDP.
 *
 * @param fromPort where it came from
 * @param toPort where it went
 * @param payload from position to limit
 */
record Datagram(int fromPort, int toPort, ByteBuffer payload) {
  private static final int UDP = 17;
  private static final int UDP_BYTES = 8;
  private static final int IPV4_BYTES = 20;
  private static final int IPV6_BYTES = 40;
  private static final int FRAGMENT = 0x3FFF;

  /** That of an IP packet; empty if it is something else, a fragment or cut off. */
  static Optional<Datagram> in(ByteBuffer packet) {
    int version = packet.remaining() == 0 ? 0 : (packet.get(0) & 0xF0) >> 4;
    return switch (version) {
      case 4 -> inIpv4(packet);
      case 6 -> inIpv6(packet);
      default -> Optional.empty();
    };
  }

  private static Optional<Datagram> inIpv4(ByteBuffer packet) {
    boolean plain =
        packet.remaining() >= IPV4_BYTES
            && packet.get(9) == UDP
            && (packet.getShort(6) & FRAGMENT) == 0;
    return plain ? udp(packet, 4 * (packet.get(0) & 0x0F)) : Optional.empty();
  }

  private static Optional<Datagram> inIpv6(ByteBuffer packet) {
    boolean plain = packet.remaining() >= IPV6_BYTES && packet.get(6) == UDP;
    return plain ? udp(packet, IPV6_BYTES) : Optional.empty();
  }

  private static Optional<Datagram> udp(ByteBuffer packet, int start) {
    if (start + UDP_BYTES > packet.remaining()) {
      return Optional.empty();
    }
    int length = (packet.getShort(start + 4) & 0xFFFF) - UDP_BYTES;
    if (length < 0 || start + UDP_BYTES + length > packet.remaining()) {
      return Optional.empty();
    }
    return Optional.of(
        new Datagram(
            packet.getShort(start) & 0xFFFF,
            packet.getShort(start + 2) & 0xFFFF,
            packet.slice(start + UDP_BYTES, length)));
  }
}
