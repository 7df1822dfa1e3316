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
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(local -> !local.isLinkLocalAddress())
        .filter(local -> both || local instanceof Inet4Address)
        .map(local -> new InetSocketAddress(local, address.getPort()))
        .collect(ImmutableList.toImmutableList());
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
