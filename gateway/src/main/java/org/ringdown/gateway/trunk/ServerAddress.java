package org.ringdown.gateway.trunk;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.ringdown.gateway.config.Trunk.Server;
import org.ringdown.sip.Destination;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a trunk's server is. A name is looked up by {@link #refresh} only, never while something
 * waits to be sent; what was found last holds until something else is found. Safe from any thread.
 */
final class ServerAddress {
  private static final Logger log = LoggerFactory.getLogger(ServerAddress.class);

  private final Server server;
  private volatile ImmutableList<InetAddress> found = ImmutableList.of();

  ServerAddress(Server server) {
    this.server = server;
    if (isLiteral()) {
      found = ImmutableList.of(InetAddresses.forUriString(server.host()));
    }
  }

  private boolean isLiteral() {
    return InetAddresses.isUriInetAddress(server.host());
  }

  /** Looks the name up; may take seconds. */
  void refresh() {
    if (isLiteral()) {
      return;
    }
    try {
      found = ImmutableList.copyOf(InetAddress.getAllByName(server.host()));
    } catch (UnknownHostException e) {
      log.debug("no address found for {}", server.host());
    }
  }

  /** Where to send to; unresolved as long as no address is known. */
  Destination destination() {
    return new Destination(
        found.stream()
            .findFirst()
            .map(address -> new InetSocketAddress(address, server.port()))
            .orElseGet(() -> InetSocketAddress.createUnresolved(server.host(), server.port())),
        server.transport());
  }

  /**
   * Whether a message came from there: over UDP from the very port, over TCP and TLS, where each
   * connection has a port of its own, from the address.
   */
  boolean sent(Destination source) {
    boolean samePort =
        switch (source.transport()) {
          case UDP -> source.address().getPort() == server.port();
          case TCP, TLS -> true;
        };
    return samePort && found.contains(source.address().getAddress());
  }
}
