package org.ringdown.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.leg.Invite;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.register.RegisterRequest;
import org.ringdown.sip.transport.SipTransport;

/** Whatever arrives, the endpoint goes on answering, and a call goes on as if nothing were. */
class MutatedMessagePropertyTest {
  private static final int MESSAGES = 20_000;
  private static final List<String> METHODS =
      List.of(
          "INVITE",
          "REGISTER",
          "BYE",
          "CANCEL",
          "ACK",
          "OPTIONS",
          "INFO",
          "SUBSCRIBE",
          "UPDATE",
          "PRACK",
          "REFER",
          "MESSAGE",
          "NOTIFY");
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

  private static @Nullable Flood flood;

  @BeforeContainer
  static void start() throws IOException {
    flood = new Flood();
  }

  @AfterContainer
  static void stop() throws IOException {
    Objects.requireNonNull(flood).close();
  }

  record Mutation(int perMille, int remove, String insert) {
    String applyTo(String text) {
      int from = perMille * text.length() / 1000;
      int to = Math.min(text.length(), from + remove);
      return text.substring(0, from) + insert + text.substring(to);
    }
  }

  @Provide
  Arbitrary<List<Mutation>> mutations() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 999),
            Arbitraries.integers().between(0, 12),
            Arbitraries.of(PIECES))
        .as(Mutation::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<String> methods() {
    return Arbitraries.of(METHODS);
  }

  @Property(tries = MESSAGES, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void aMutatedMessageStopsNothing(
      @ForAll("methods") String method,
      @ForAll("mutations") List<Mutation> mutations,
      @ForAll boolean overTcp)
      throws IOException {
    Objects.requireNonNull(flood).send(method, mutations, overTcp);
  }

  /** An endpoint, the sockets it is flooded through, and a call that must not notice. */
  private static final class Flood implements SipHandler {
    private static final int LOOK_EVERY = 1000;
    private static final long MORE_HEAP_BYTES = 32L << 20;

    private final SipEndpoint endpoint = TestGateway.start(this, "127.0.0.1");
    private final TestGateway.Ears inCall = new TestGateway.Ears();
    private final SipPeer caller = SipPeer.over(listen(SipTransport.UDP));
    private final SipPeer udp = SipPeer.over(listen(SipTransport.UDP));
    private SipPeer tcp = SipPeer.over(listen(SipTransport.TCP));
    private int sent;
    private long heapAtFirst;

    Flood() throws IOException {
      caller.play("P: INVITE +sdp\nG: 100 INVITE\nG: 200 INVITE +sdp\nP: ACK");
    }

    private SipConfig.Listen listen(SipTransport transport) {
      return endpoint.listening().stream()
          .filter(listen -> listen.transport() == transport)
          .findFirst()
          .orElseThrow();
    }

    @Override
    public Optional<String> passwordOf(String user) {
      return Optional.of("secret");
    }

    @Override
    public SipLeg.Listener onInvite(Invite invite, SipLeg leg) {
      if (invite.requestUser().equals("alice")) {
        leg.answer(TestGateway.ANSWER);
        return inCall;
      }
      leg.challenge();
      return SipLeg.Listener.NONE;
    }

    @Override
    public void onRegister(RegisterRequest request) {
      request.challenge();
    }

    void send(String method, List<Mutation> mutations, boolean overTcp) throws IOException {
      SipPeer peer = overTcp ? tcp : udp;
      String text = message(method, peer, sent);
      for (Mutation mutation : mutations) {
        text = mutation.applyTo(text);
      }
      try {
        peer.wire().send(text.getBytes(UTF_8));
      } catch (IOException e) {
        tcp.close(); // the gateway closes a connection on which it has lost its bearings
        tcp = SipPeer.over(listen(SipTransport.TCP));
      }
      if (++sent % LOOK_EVERY == 0) {
        look();
      }
    }

    private void look() throws IOException {
      for (SipConfig.Listen listen : List.of(listen(SipTransport.UDP), listen(SipTransport.TCP))) {
        try (SipPeer other = SipPeer.over(listen)) {
          other.play("P: OPTIONS\nG: 200 OPTIONS");
        }
      }
      long heap = heapInUse();
      heapAtFirst = heapAtFirst == 0 ? heap : heapAtFirst;
      assertThat(heap - heapAtFirst).as("more heap after %s", sent).isLessThan(MORE_HEAP_BYTES);
      inCall.heard("confirmed");
    }

    private static long heapInUse() {
      System.gc();
      return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static String message(String method, SipPeer peer, int number) {
      String address = peer.address();
      return method
          + " sip:bob@example.org SIP/2.0\r\nVia: SIP/2.0/"
          + peer.wire().transport()
          + " "
          + address
          + ";rport;branch=z9hG4bKflood"
          + number
          + "\r\nMax-Forwards: 70\r\nFrom: \"P\" <sip:1001@example.org>;tag=a\r\n"
          + "To: <sip:bob@example.org>\r\nCall-ID: flood"
          + number
          + "\r\nCSeq: 1 "
          + method
          + "\r\nContact: <sip:1001@"
          + address
          + ">;expires=60\r\nExpires: 60\r\nAuthorization: Digest username=\"1001\","
          + " realm=\"example.org\", nonce=\"x\", uri=\"sip:example.org\", response=\"y\","
          + " qop=auth, nc=00000001, cnonce=\"z\"\r\nContent-Type: application/sdp\r\n"
          + "Content-Length: "
          + SipPeer.SDP.length()
          + "\r\n\r\n"
          + SipPeer.SDP;
    }

    void close() throws IOException {
      assertThat(sent).isEqualTo(MESSAGES);
      caller.play("P: BYE\nG: 200 BYE");
      inCall.heard("confirmed", "ended BYE 200");
      TestGateway.soon().untilAsserted(() -> assertThat(endpoint.openLegs()).isZero());
      udp.close();
      tcp.close();
      caller.close();
      endpoint.close();
    }
  }
}
