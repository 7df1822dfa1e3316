package org.ringdown.gateway;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;

/** What a wildcard address stands for on this machine. */
final class Addresses {
  private Addresses() {}

  /**
   * The address itself, or, for a wildcard, each address of the machine: {@code 0.0.0.0} those of
   * IPv4, {@code [::]} those of both. Link-local ones are left out.
   */
  static ImmutableList<InetSocketAddress> expand(InetSocketAddress address) throws IOException {
    if (!address.getAddress().isAnyLocalAddress()) {
      return ImmutableList.of(address);
    }
    boolean both = !(address.getAddress() instanceof Inet4Address);
    ImmutableList.Builder<InetSocketAddress> expanded = ImmutableList.builder();
    for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
      for (InetAddress local : each.inetAddresses().toList()) {
        if (!local.isLinkLocalAddress() && (both || local instanceof Inet4Address)) {
          InetAddress withoutZone = InetAddress.getByAddress(local.getAddress());
          expanded.add(new InetSocketAddress(withoutZone, address.getPort()));
        }
      }
    }
    return expanded.build();
  }

  /**
   * The address to write into SDP for sockets bound to {@code bind}: itself, or for a wildcard the
   * first address of the machine that others can reach, loopback if there is none.
   */
  static InetAddress advertised(InetAddress bind) throws IOException {
    if (!bind.isAnyLocalAddress()) {
      return bind;
    }
    return expand(new InetSocketAddress(bind, 0)).stream()
        .map(InetSocketAddress::getAddress)
        .filter(local -> !local.isLoopbackAddress())
        .findFirst()
        .orElseGet(InetAddress::getLoopbackAddress);
  }
}
