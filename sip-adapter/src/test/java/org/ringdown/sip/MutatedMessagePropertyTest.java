package org.ringdown.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.register.RegisterRequest;
import org.ringdown.sip.tls.TestAuthority;
import org.ringdown.sip.tls.TlsFiles;
import org.ringdown.sip.tls.TlsHandshakes;
import org.ringdown.sip.tls.TlsIdentity;
import org.ringdown.sip.tls.TlsPeer;
import org.ringdown.sip.tls.TlsServer;
import org.ringdown.sip.tls.TlsServer.ClientAuth;
import org.ringdown.sip.tls.TlsTrust;
import org.ringdown.sip.transport.SipTransport;
import org.ringdown.sip.wire.SipText;
import org.ringdown.sip.wire.SipWire;

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

  /** What is mutated. */
  enum Kind {
    /** A request that belongs to nothing. */
    STRANGER,
    /** A request in a call that was answered. */
    IN_DIALOG,
    /** A response to an INVITE of the gateway. */
    RESPONSE
  }

  @Property(tries = MESSAGES, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void aMutatedMessageStopsNothing(
      @ForAll Kind kind,
      @ForAll("methods") String method,
      @ForAll("mutations") List<Mutation> mutations,
      @ForAll SipTransport transport)
      throws Exception {
    Objects.requireNonNull(flood).send(kind, method, mutations, transport);
  }

  /**
   * An endpoint, the sockets it is flooded through, a call that must not notice, and two that may:
   * one that is answered, for requests in it, and one that is made, for responses to it.
   */
  private static final class Flood implements SipHandler {
    private static final int LOOK_EVERY = 1000;
    private static final int PREPARE_EVERY = 100;
    private static final long MORE_HEAP_BYTES = 32L << 20;

    private static final int[] CODES = {100, 180, 183, 200, 202, 302, 401, 407, 422, 486, 503, 603};

    private final Path directory = Files.createTempDirectory("mutated");
    private final TestAuthority authority = TestAuthority.in(directory, "authority");
    private final TlsFiles files = new TlsFiles();
    private final SipEndpoint endpoint = TestGateway.start(this, server());
    private final TestGateway.Ears inCall = new TestGateway.Ears();
    private final SipPeer caller = SipPeer.over(listen(SipTransport.UDP));
    private final Map<SipTransport, SipPeer> peers = new EnumMap<>(SipTransport.class);
    private final SipPeer prey = SipPeer.over(listen(SipTransport.UDP));
    private final BlockingQueue<SipLeg> answered = new LinkedBlockingQueue<>();
    private @Nullable SipLeg preyed;
    private @Nullable SipLeg dialled;
    private SipText invite = new SipText("", ImmutableList.of(), "");
    private String dialog = "";
    private int sent;
    private long heapAtFirst;

    Flood() throws IOException {
      caller.play("P: INVITE +sdp\nG: 100 INVITE\nG: 200 INVITE +sdp\nP: ACK");
      for (SipTransport transport : SipTransport.values()) {
        peers.put(transport, peer(transport));
      }
    }

    private TlsServer server() throws IOException {
      TlsIdentity own = files.identity(authority.certify("gateway", "DNS:example.org"));
      return new TlsServer(own, TlsTrust.system(), ClientAuth.NONE, ImmutableList::of);
    }

    private SipPeer peer(SipTransport transport) throws IOException {
      SipConfig.Listen listen = listen(transport);
      if (transport != SipTransport.TLS) {
        return SipPeer.over(listen);
      }
      InetSocketAddress at = listen.address();
      TlsPeer expected = new TlsPeer("example.org", true, files.trust(authority.file()), null);
      Socket raw = new Socket(at.getAddress(), at.getPort());
      return new SipPeer(SipWire.over(TlsHandshakes.connect(expected, raw), "TLS"), listen, "1001");
    }

    private SipPeer peer(SipTransport transport, boolean anew) throws IOException {
      if (anew) {
        Objects.requireNonNull(peers.get(transport)).close();
        peers.put(transport, peer(transport));
      }
      return Objects.requireNonNull(peers.get(transport));
    }

    /** Calls to be mistreated, in the place of those before. */
    private void prepare() throws IOException, InterruptedException {
      if (dialled != null && preyed != null) {
        dialled.end(SipStatus.OK);
        preyed.end(SipStatus.OK);
      }
      prey.wire().arrived().clear();
      dialled =
          endpoint.dial(
              TestGateway.dialTo(
                  "sip:1001@" + prey.address(), prey.wire().local(), SipTransport.UDP),
              new TestGateway.Ears());
      SipText heard;
      do {
        heard = SipText.parse(Objects.requireNonNull(prey.wire().next(20_000), "our INVITE"));
      } while (!heard.summary().equals("INVITE") || heard.header("To").contains(";tag="));
      invite = heard;
      prey.wire().arrived().clear();
      prey.newCall("carol").play("P: INVITE +sdp");
      preyed = Objects.requireNonNull(answered.poll(20, TimeUnit.SECONDS), "a call");
      do {
        heard = SipText.parse(Objects.requireNonNull(prey.wire().next(20_000), "a 200"));
      } while (!heard.summary().equals("200 INVITE"));
      dialog =
          "From: "
              + heard.header("From")
              + "\r\nTo: "
              + heard.header("To")
              + "\r\nCall-ID: "
              + heard.header("Call-ID");
      prey.wire().send(request("ACK", prey, dialog, 1).getBytes(UTF_8));
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
      if (invite.requestUser().equals("carol")) {
        leg.answer(TestGateway.ANSWER);
        answered.add(leg);
        return SipLeg.Listener.NONE;
      }
      leg.challenge();
      return SipLeg.Listener.NONE;
    }

    @Override
    public void onRegister(RegisterRequest request) {
      request.challenge();
    }

    void send(Kind kind, String method, List<Mutation> mutations, SipTransport transport)
        throws Exception {
      if (sent % PREPARE_EVERY == 0) {
        prepare();
      }
      SipPeer peer = peer(transport, false);
      String text =
          switch (kind) {
            case STRANGER -> stranger(method, peer, sent);
            case IN_DIALOG -> request(method, peer, dialog, sent + 10);
            case RESPONSE -> response(CODES[sent % CODES.length]);
          };
      for (Mutation mutation : mutations) {
        text = mutation.applyTo(text);
      }
      try {
        peer.wire().send(text.getBytes(UTF_8));
      } catch (IOException e) {
        var unused = peer(transport, true); // it closes one on which it has lost its bearings
      }
      if (++sent % LOOK_EVERY == 0) {
        look();
      }
    }

    private void look() throws IOException {
      for (SipTransport transport : SipTransport.values()) {
        try (SipPeer other = peer(transport)) {
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

    private static String stranger(String method, SipPeer peer, int number) {
      String ends = "From: \"P\" <sip:1001@example.org>;tag=a\r\nTo: <sip:bob@example.org>";
      return request(method, peer, ends + "\r\nCall-ID: flood" + number, 1);
    }

    /** As the called phone, which has sent no response yet that counts. */
    private String response(int code) {
      return "SIP/2.0 "
          + code
          + " Whatever\r\nVia: "
          + invite.header("Via")
          + "\r\nFrom: "
          + invite.header("From")
          + "\r\nTo: "
          + invite.header("To")
          + ";tag=b\r\nCall-ID: "
          + invite.header("Call-ID")
          + "\r\nCSeq: "
          + invite.header("CSeq")
          + "\r\nRequire: 100rel\r\nRSeq: 7\r\nContact: <sip:1001@"
          + prey.address()
          + ">\r\nContent-Type: application/sdp\r\nContent-Length: "
          + SipPeer.SDP.length()
          + "\r\n\r\n"
          + SipPeer.SDP;
    }

    private static String request(String method, SipPeer peer, String ends, int cseq) {
      String address = peer.address();
      return method
          + " sip:bob@example.org SIP/2.0\r\nVia: SIP/2.0/"
          + peer.wire().transport()
          + " "
          + address
          + ";rport;branch=z9hG4bKflood"
          + ends.hashCode()
          + cseq
          + "\r\nMax-Forwards: 70\r\n"
          + ends
          + "\r\nCSeq: "
          + cseq
          + " "
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
      Objects.requireNonNull(dialled).end(SipStatus.OK);
      Objects.requireNonNull(preyed).end(SipStatus.OK);
      assertThat(sent).isEqualTo(MESSAGES);
      caller.play("P: BYE\nG: 200 BYE");
      inCall.heard("confirmed", "ended BYE 200");
      TestGateway.soon().untilAsserted(() -> assertThat(endpoint.openLegs()).isZero());
      for (SipPeer peer : peers.values()) {
        peer.close();
      }
      prey.close();
      caller.close();
      endpoint.close();
      MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
    }
  }
}
