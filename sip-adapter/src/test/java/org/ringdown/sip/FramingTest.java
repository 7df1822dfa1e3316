package org.ringdown.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.sip.wire.SipText;
import org.ringdown.sip.wire.SipWire;

/** Messages that are not as long as they say (RFC 3261 section 18.3). */
class FramingTest {
  private static final int BODY = SipPeer.SDP.length();
  private static final int PATIENCE_MS = 10_000;

  private TestGateway gateway;

  @BeforeEach
  void startGateway() throws IOException {
    gateway = new TestGateway("127.0.0.1");
  }

  @AfterEach
  void stopGateway() {
    assertThat(gateway.endpoint().openLegs()).isZero();
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource({"INVITE, 10", "INVITE, 99999", "INVITE, 99999999999", "MESSAGE, 1", "MESSAGE, 400"})
  void aBodyThatIsCutIsRefused(String method, String length) throws Exception {
    try (SipWire wire = SipWire.udp(gateway.udp().address())) {
      wire.send(request(method, wire, length, SipPeer.SDP).getBytes(UTF_8));

      assertThat(next(wire).summary()).isEqualTo("400 " + method);
    }
  }

  @Test
  void whatFollowsABodyAndSaysNothingIsPassedOver() throws Exception {
    try (SipWire wire = SipWire.udp(gateway.udp().address())) {
      String padded = SipPeer.SDP + "\r\n \0\0\r\n";
      wire.send(request("OPTIONS", wire, "" + BODY, padded).getBytes(UTF_8));

      assertThat(next(wire).summary()).isEqualTo("200 OPTIONS");
    }
  }

  /** What stands in its body is no request. */
  @Test
  void aLongBodyIsRefusedAndEndsTheConnection() throws Exception {
    InetSocketAddress at = gateway.tcp().address();
    try (Socket socket = new Socket(at.getAddress(), at.getPort());
        SipWire wire = SipWire.over(socket, "TCP");
        SipPeer other = SipPeer.over(gateway.tcp())) {
      String hidden = request("OPTIONS", wire, "0", "");
      wire.send(request("INVITE", wire, "100000", hidden + "x".repeat(50_000)).getBytes(UTF_8));

      assertThat(next(wire).summary()).isEqualTo("413 INVITE");
      other.play("P: OPTIONS\nG: 200 OPTIONS");
      TestGateway.soon().until(() -> gateway.endpoint().connections() == 1);
      assertThat(wire.arrived()).isEmpty();
    }
  }

  private static SipText next(SipWire wire) throws InterruptedException {
    return SipText.parse(Objects.requireNonNull(wire.next(PATIENCE_MS), "a response"));
  }

  private static String request(String method, SipWire wire, String length, String body) {
    return """
    %1$s sip:alice@example.org SIP/2.0
    Via: SIP/2.0/%2$s 127.0.0.1:5999;rport;branch=z9hG4bK%3$s
    Max-Forwards: 70
    From: <sip:1001@example.org>;tag=a
    To: <sip:alice@example.org>
    Call-ID: %3$s
    CSeq: 1 %1$s
    Contact: <sip:1001@127.0.0.1:5999>
    Content-Type: application/sdp
    Content-Length: %4$s

    """
            .formatted(method, wire.transport(), System.nanoTime(), length)
            .replace("\n", "\r\n")
        + body;
  }
}
