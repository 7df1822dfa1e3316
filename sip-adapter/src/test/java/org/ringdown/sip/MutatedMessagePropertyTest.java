package org.ringdown.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Whatever arrives, the endpoint goes on answering. */
class MutatedMessagePropertyTest {
  private static final List<String> SEEDS =
      List.of(
          "INVITE", "REGISTER", "BYE", "CANCEL", "ACK", "OPTIONS", "INFO", "SUBSCRIBE", "UPDATE");
  private static final List<String> PIECES =
      List.of(
          "",
          " ",
          "\r\n",
          "\r\n\r\n",
          "\0",
          "\"",
          "<",
          ">",
          ";",
          ",",
          ":",
          "=",
          "%",
          "%zz",
          "[",
          "]",
          "@",
          "*",
          "-1",
          "99999999999999999999",
          "sip:",
          "SIP/2.0",
          "\u00e9\u4e2d",
          ";tag=",
          "a".repeat(300));

  private static @Nullable TestGateway gateway;
  private static @Nullable SipPeer phone;

  @BeforeContainer
  static void start() throws IOException {
    gateway = new TestGateway("127.0.0.1");
    phone = SipPeer.over(gateway.udp());
  }

  @AfterContainer
  static void stop() throws IOException {
    Objects.requireNonNull(phone).close();
    Objects.requireNonNull(gateway).close();
  }

  record Mutation(int perMille, int remove, String insert) {
    String applyTo(String text) {
      int from = perMille * text.length() / 1000;
      int to = Math.min(text.length(), from + remove);
      return text.substring(0, from) + insert + text.substring(to);
    }
  }

  @Provide
  Arbitrary<Mutation> mutations() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 999),
            Arbitraries.integers().between(0, 12),
            Arbitraries.of(PIECES))
        .as(Mutation::new);
  }

  @Property(tries = 400)
  void aMutatedMessageStopsNothing(
      @ForAll("seeds") String method, @ForAll("lists") List<Mutation> mutations)
      throws IOException {
    SipPeer peer = Objects.requireNonNull(phone);
    String text = seed(method, peer.address());
    for (Mutation mutation : mutations) {
      text = mutation.applyTo(text);
    }
    peer.wire().send(text.getBytes(UTF_8));
  }

  @Provide
  Arbitrary<String> seeds() {
    return Arbitraries.of(SEEDS);
  }

  @Provide
  Arbitrary<List<Mutation>> lists() {
    return mutations().list().ofMinSize(1).ofMaxSize(4);
  }

  @AfterTry
  void stillAnswers() throws IOException {
    TestGateway running = Objects.requireNonNull(gateway);
    try (SipPeer other = SipPeer.over(running.udp())) {
      other.play("P: OPTIONS\nG: 200 OPTIONS");
    }
    assertThat(running.endpoint().openLegs()).isLessThan(500);
  }

  private static String seed(String method, String address) {
    long unique = System.nanoTime();
    return method
        + " sip:alice@example.org SIP/2.0\r\nVia: SIP/2.0/UDP "
        + address
        + ";rport;branch=z9hG4bK"
        + unique
        + "\r\nMax-Forwards: 70\r\nFrom: \"P\" <sip:1001@example.org>;tag=a\r\n"
        + "To: <sip:alice@example.org>\r\nCall-ID: "
        + unique
        + "\r\nCSeq: 1 "
        + method
        + "\r\nContact: <sip:1001@"
        + address
        + ">;expires=60\r\nExpires: 60\r\nAuthorization: Digest username=\"1001\", realm=\"example.org\","
        + " nonce=\"x\", uri=\"sip:example.org\", response=\"y\", qop=auth, nc=00000001, cnonce=\"z\"\r\n"
        + "Content-Type: application/sdp\r\nContent-Length: "
        + SipPeer.SDP.length()
        + "\r\n\r\n"
        + SipPeer.SDP;
  }
}
