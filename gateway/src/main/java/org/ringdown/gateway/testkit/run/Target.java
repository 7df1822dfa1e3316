package org.ringdown.gateway.testkit.run;

import com.google.common.collect.ImmutableMap;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.function.Function;
import org.ringdown.gateway.testkit.stage.GatewayAddress;

/**
 * What is tested, for one run.
 *
 * @param address where it is
 * @param accounts whom each actor signs in as
 */
public record Target(GatewayAddress address, Function<String, Account> accounts) {
  /** Our own address towards it. */
  InetAddress local() throws SocketException {
    try (DatagramSocket probe = new DatagramSocket()) {
      probe.connect(address.udp());
      return probe.getLocalAddress();
    }
  }

  /** What scripts know of it. */
  ImmutableMap<String, String> facts() {
    return facts(address);
  }

  static ImmutableMap<String, String> facts(GatewayAddress address) {
    return ImmutableMap.of(
        "gateway.host", address.udp().getAddress().getHostAddress(),
        "gateway.port", String.valueOf(address.udp().getPort()),
        "gateway.sip", TestedGateway.text(address.udp()),
        "gateway.web", address.web().toString());
  }
}
