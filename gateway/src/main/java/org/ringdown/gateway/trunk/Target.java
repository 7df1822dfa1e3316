package org.ringdown.gateway.trunk;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import com.google.common.net.InetAddresses;
import java.time.Duration;
import org.ringdown.gateway.config.Trunk.Server;
import org.ringdown.sip.transport.Destination;

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
    ImmutableMap.Builder<String, Object> facts =
        ImmutableMap.<String, Object>builder()
            .put("server", server.uri())
            .put("address", address())
            .put("transport", Ascii.toLowerCase(destination.transport().name()))
            .put("state", Ascii.toLowerCase(view.state().name()))
            .put("reason", view.reason())
            .put("since", view.since().toString());
    health.answerTime().ifPresent(time -> facts.put("optionsMs", milliseconds(time)));
    return facts.buildOrThrow();
  }

  /** To a tenth, as a PBX next door answers within one. */
  static double milliseconds(Duration time) {
    return Math.round(time.toNanos() / 100_000.0) / 10.0;
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
