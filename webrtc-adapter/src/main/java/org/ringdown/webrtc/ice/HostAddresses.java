package org.ringdown.webrtc.ice;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;

/**
 * Which addresses to bind and which to offer as host candidates. A wildcard is never bound as such:
 * Java cannot choose the source address of a datagram, and a response must leave from the address
 * that its request came to. So every address of the machine gets a socket of its own.
 */
public final class HostAddresses {
  private HostAddresses() {}

  /**
   * The addresses to bind: the one given, or for a wildcard those of all interfaces of both
   * families, IPv4 first and loopback last.
   *
   * @throws SocketException if the interfaces cannot be read
   */
  public static ImmutableList<InetAddress> toBind(InetAddress bind) throws SocketException {
    return bind.isAnyLocalAddress() ? ofInterfaces() : ImmutableList.of(bind);
  }

  private static ImmutableList<InetAddress> ofInterfaces() throws SocketException {
    ImmutableList.Builder<InetAddress> found = ImmutableList.builder();
    for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
      if (each.isUp()) {
        each.inetAddresses()
            .filter(HostAddresses::usable)
            .map(HostAddresses::withoutZone)
            .forEach(found::add);
      }
    }
    return inOrder(found.build());
  }

  /** A link-local address needs a zone, which a candidate cannot carry (RFC 8839 section 5.1). */
  private static boolean usable(InetAddress address) {
    return !address.isLinkLocalAddress() && !address.isMulticastAddress();
  }

  /** Java adds the interface to each IPv6 address ({@code %eth0}); others cannot read that. */
  private static InetAddress withoutZone(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException e) {
      throw new AssertionError("an address of no family", e);
    }
  }

  private static ImmutableList<InetAddress> inOrder(List<InetAddress> addresses) {
    return addresses.stream()
        .distinct()
        .sorted(
            Comparator.comparing(InetAddress::isLoopbackAddress)
                .thenComparing(address -> !(address instanceof Inet4Address)))
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * The addresses to offer: those configured, or else those bound, without loopback unless there is
   * nothing but loopback.
   */
  public static ImmutableList<InetAddress> toOffer(
      List<InetAddress> advertised, List<InetAddress> bound) {
    if (!advertised.isEmpty()) {
      return ImmutableList.copyOf(advertised);
    }
    ImmutableList<InetAddress> reachable =
        bound.stream()
            .filter(address -> !address.isLoopbackAddress())
            .collect(ImmutableList.toImmutableList());
    return reachable.isEmpty() ? ImmutableList.copyOf(bound) : reachable;
  }

  /**
   * A host candidate as the value of {@code a=candidate:} (RFC 8839 section 5.1); each later one
   * has a lower priority (RFC 8445 section 5.1.2.1).
   *
   * @param index its place in the list, from 0
   */
  public static String candidate(InetSocketAddress address, int index) {
    long priority = (126L << 24) | ((65_535L - index) << 8) | 255;
    return String.format(
        "%d 1 udp %d %s %d typ host",
        index + 1, priority, InetAddresses.toAddrString(address.getAddress()), address.getPort());
  }
}
