package org.ringdown.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringdown.sip.wire.SipText;
import org.ringdown.sip.wire.SipWire;

/** Where responses to requests by UDP go (RFC 3261 section 18.2.2, RFC 3581). */
class ResponsePlaceTest {
  @ParameterizedTest
  @ValueSource(strings = {"OPTIONS", "INVITE"})
  void toThePortInTheViaOfWhoDoesNotAskForAnother(String method) throws Exception {
    try (TestGateway gateway = new TestGateway("127.0.0.1");
        SipWire source = wire(gateway);
        SipWire listening = wire(gateway)) {
      source.send(request(method, "127.0.0.1:" + port(listening)));

      assertThat(response(listening).header("Via"))
          .doesNotContain("received")
          .doesNotContain("rport");
      assertThat(source.arrived()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:5999;rport", "edge.example;rport", "192.0.2.7:5999;rport"})
  void toThePortItCameFromOfWhoAsksForThat(String via) throws Exception {
    try (TestGateway gateway = new TestGateway("127.0.0.1");
        SipWire source = wire(gateway)) {
      source.send(request("OPTIONS", via));

      assertThat(response(source).header("Via"))
          .contains("received=127.0.0.1", "rport=" + port(source));
    }
  }

  /** Its own port is one of another network. */
  @ParameterizedTest
  @ValueSource(strings = {"192.168.0.7:5999", "10.0.0.7", "[2001:db8::7]:5060", "edge.example"})
  void toThePortItCameFromOfWhoMayBeBehindANat(String via) throws Exception {
    try (TestGateway gateway = new TestGateway("127.0.0.1");
        SipWire source = wire(gateway)) {
      for (String method : new String[] {"OPTIONS", "INVITE"}) {
        source.send(request(method, via));

        assertThat(response(source).header("Via"))
            .contains("received=127.0.0.1", "rport=" + port(source));
      }
    }
  }

  private static SipWire wire(TestGateway gateway) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddresses.forString("127.0.0.1"), 0);
    return SipWire.udp(any, gateway.udp().address());
  }

  private static int port(SipWire wire) {
    return wire.local().getPort();
  }

  private static SipText response(SipWire wire) throws InterruptedException {
    return SipText.parse(Objects.requireNonNull(wire.next(10_000), "a response"));
  }

  private static byte[] request(String method, String via) {
    return """
    %1$s sip:alice@example.org SIP/2.0
    Via: SIP/2.0/UDP %2$s;branch=z9hG4bK%3$s
    Max-Forwards: 70
    From: <sip:1001@example.org>;tag=a
    To: <sip:alice@example.org>
    Call-ID: %3$s
    CSeq: 1 %1$s
    Contact: <sip:1001@127.0.0.1:5999>
    Content-Length: 0

    """
        .formatted(method, via, System.nanoTime())
        .replace("\n", "\r\n")
        .getBytes(UTF_8);
  }
}
