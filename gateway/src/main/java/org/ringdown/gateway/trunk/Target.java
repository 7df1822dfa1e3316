package org.ringdown.gateway.trunk;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import com.google.common.net.InetAddresses;
import org.ringdown.gateway.config.Trunk.Server;
import org.ringdown.sip.Destination;

/**
 * A server of a trunk at one of its addresses. Safe from any thread.
 *
 * @param server as it was configured, which gives the Request-URI its host
 * @param destination where it is
 * @param health whether it takes calls
 */
record Target(Server server, Destination destination, TargetHealth health) {
  /** Whether a message came from there: over UDP from the very port, else from the address. */
  boolean sent(Destination source) {
    boolean samePort =
        switch (source.transport()) {
          case UDP -> source.address().getPort() == destination.address().getPort();
          case TCP, TLS -> true;
        };
    return samePort && source.address().getAddress().equals(destination.address().getAddress());
  }

  /** For the operator. */
  ImmutableMap<String, Object> view() {
    TargetHealth.View view = health.view();
    return ImmutableMap.of(
        "server", server.uri(),
        "address", address(),
        "transport", Ascii.toLowerCase(destination.transport().name()),
        "state", Ascii.toLowerCase(view.state().name()),
        "reason", view.reason(),
        "since", view.since().toString());
  }

  private String address() {
    return InetAddresses.toUriString(destination.address().getAddress())
        + ":"
        + destination.address().getPort();
  }

  @Override
  public String toString() {
    return server.uri() + " at " + address();
  }
}
