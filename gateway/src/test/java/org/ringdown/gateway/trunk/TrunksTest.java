package org.ringdown.gateway.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.gateway.config.AddressRange;
import org.ringdown.gateway.config.HeaderPolicy;
import org.ringdown.gateway.config.Secret;
import org.ringdown.gateway.config.SipTls;
import org.ringdown.gateway.config.Trunk;
import org.ringdown.gateway.config.TrunkPolicy;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.sip.SipEndpoint;
import org.ringdown.sip.SipHandler;
import org.ringdown.sip.challenge.Authentication;
import org.ringdown.sip.dns.DnsConfig;
import org.ringdown.sip.dns.SipLocator;
import org.ringdown.sip.leg.DialogPolicy;
import org.ringdown.sip.leg.Invite;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.NameAddress;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.register.RegisterRequest;
import org.ringdown.sip.transport.SipTransport;

/** Trunks to a PBX that is another SIP endpoint of ours, on loopback. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TrunksTest {
  private static final TrunkPolicy POLICY =
      new TrunkPolicy(
          new TrunkPolicy.CallerId(
              TrunkPolicy.ShownCaller.ACCOUNT,
              TrunkPolicy.SentIdentity.ASSERTED,
              true,
              TrunkPolicy.Forwarding.NONE),
          TrunkPolicy.of(TrunkPolicy.ShownCaller.ACCOUNT).numbers(),
          HeaderPolicy.NONE,
          TrunkPolicy.Limits.NONE,
          TrunkPolicy.Handling.USUAL,
          DialogPolicy.USUAL);

  private static final NameAddress ALICE = new NameAddress("Alice", "sip:alice@ringdown");

  private final Pbx pbx = new Pbx();
  private SipEndpoint server;
  private SipEndpoint ours;
  private @Nullable Trunks trunks;

  @BeforeAll
  void open() throws IOException {
    server = Loopback.endpoint("pbx", pbx);
    ours = Loopback.endpoint("ringdown", new Pbx());
  }

  @BeforeEach
  void forgetThePast() {
    pbx.registered.clear();
  }

  @AfterEach
  void closeTrunks() {
    if (trunks != null) {
      trunks.close();
    }
  }

  @AfterAll
  void close() {
    ours.close();
    server.close();
  }

  @Test
  void itRegistersAndIsUpAndTakesTheRegistrationBack() throws Exception {
    Trunks running = start(trunk(Trunk.Kind.REGISTER, "secret"));
    awaitState(running, "up", "");
    assertThat(pbx.registered.take().contacts().get(0).expires()).isEqualTo(Duration.ofMinutes(5));

    running.close();

    RegisterRequest last = pbx.registered.poll(10, TimeUnit.SECONDS);
    assertThat(last).isNotNull();
    assertThat(last.contacts().get(0).expires()).isEqualTo(Duration.ZERO);
  }

  @Test
  void aTrunkFoundInAnotherWayRegistersAnewAndOneThatIsNoMoreLeaves() throws Exception {
    Trunk trunk = trunk(Trunk.Kind.REGISTER, "secret");
    Trunks running = start(trunk);
    assertThat(nextExpires()).isEqualTo(Duration.ofMinutes(5));
    awaitState(running, "up", "");

    running.change(ImmutableMap.of("pbx", expiring(trunk)), ImmutableMap.of());
    assertThat(nextExpires()).isEqualTo(Duration.ZERO);
    assertThat(nextExpires()).isEqualTo(Duration.ofMinutes(7));
    awaitState(running, "up", "");

    running.change(ImmutableMap.of(), ImmutableMap.of());
    assertThat(nextExpires()).isEqualTo(Duration.ZERO);
    assertThat(running.views()).isEmpty();
  }

  @Test
  void aTrunkUnderOtherRulesStaysRegisteredAndItsCallsStillCount() throws Exception {
    Trunk trunk = trunk(Trunk.Kind.REGISTER, "secret");
    Trunks running = start(trunk);
    assertThat(nextExpires()).isEqualTo(Duration.ofMinutes(5));
    awaitState(running, "up", "");
    assertThat(running.find("pbx").orElseThrow().room()).isPresent();

    running.change(ImmutableMap.of("pbx", limited(trunk), "new", trunk), ImmutableMap.of());

    assertThat(nextExpires()).as("the new one").isEqualTo(Duration.ofMinutes(5));
    assertThat(pbx.registered.poll(300, TimeUnit.MILLISECONDS)).isNull();
    assertThat(running.views().get(0)).containsEntry("state", "up").containsEntry("calls", 1);
    assertThat(running.find("pbx").orElseThrow().room()).isEmpty();
    assertThat(running.find("new").orElseThrow().room()).isPresent();
  }

  private @Nullable Duration nextExpires() throws InterruptedException {
    RegisterRequest next = pbx.registered.poll(10, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next.contacts().get(0).expires();
  }

  private static Trunk expiring(Trunk trunk) {
    return new Trunk(
        trunk.kind(),
        trunk.servers(),
        trunk.account(),
        trunk.sources(),
        Duration.ofMinutes(7),
        trunk.qualify(),
        trunk.media(),
        trunk.policy(),
        trunk.tls());
  }

  private static Trunk limited(Trunk trunk) {
    TrunkPolicy one =
        new TrunkPolicy(
            POLICY.callerId(),
            POLICY.numbers(),
            POLICY.headers(),
            new TrunkPolicy.Limits(1, null),
            POLICY.handling(),
            POLICY.dialogs());
    return new Trunk(
        trunk.kind(),
        trunk.servers(),
        trunk.account(),
        trunk.sources(),
        trunk.expires(),
        trunk.qualify(),
        trunk.media(),
        one,
        trunk.tls());
  }

  @Test
  void aWrongPasswordMakesItDownAndTakesNoCall() {
    Trunks running = start(trunk(Trunk.Kind.REGISTER, "guess"));
    awaitState(
        running,
        "down",
        "registration failed: 401 Unauthorized (the server refuses the user name or the"
            + " password)");
    assertThat(running.find("pbx").flatMap(TrunkLink::obstacle)).isPresent();
  }

  @Test
  void aPeerThatAnswersOptionsIsUp() {
    awaitState(start(trunk(Trunk.Kind.PEER, "secret")), "up", "");
  }

  @Test
  void itCallsWithItsAccount() throws Exception {
    TrunkLink link = start(trunk(Trunk.Kind.PEER, "secret")).find("pbx").orElseThrow();
    await().until(() -> link.obstacle().isEmpty());
    OutgoingCall outgoing =
        new OutgoingCall(Caller.shown(ALICE), ImmutableList.of(), ImmutableMap.of());
    link.dial("49*7#", outgoing, "v=0", SipLeg.Listener.NONE);

    Invite call = pbx.calls.poll(20, TimeUnit.SECONDS);
    assertThat(call).isNotNull();
    assertThat(call.requestUser()).isEqualTo("49*7#");
    assertThat(call.authentication()).isEqualTo(new Authentication.Verified("gw"));
    assertThat(call.from()).isEqualTo(new NameAddress("Alice", "sip:gw@127.0.0.1"));
    assertThat(call.to().uri()).isEqualTo("sip:49*7%23@127.0.0.1");
    assertThat(call.headers().get("p-asserted-identity"))
        .containsExactly("\"Alice\" <sip:alice@ringdown>");
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, true", "198.51.100.9, true", "198.51.100.17, false", "::1, false"})
  void itsAddressesAreKnownWhateverThePort(String address, boolean known) {
    Trunks running = start(trunk(Trunk.Kind.PEER, "secret"));
    await()
        .untilAsserted(
            () -> assertThat(running.areAt(InetAddresses.forString(address))).isEqualTo(known));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 0, UDP, true",
    "127.0.0.1, 1, UDP, false",
    "127.0.0.1, 1, TCP, true",
    "127.0.0.2, 0, UDP, false",
    "198.51.100.9, 1, UDP, true",
    "198.51.100.17, 1, UDP, false",
    "2001:db8::1, 0, UDP, false",
  })
  void aCallIsKnownByItsSource(String address, int portOff, SipTransport transport, boolean known) {
    Trunks running = start(trunk(Trunk.Kind.PEER, "secret"));
    int port = server.listening().get(0).address().getPort() + portOff;
    InetSocketAddress source = new InetSocketAddress(InetAddresses.forString(address), port);

    assertThat(running.senderOf(invite("sip:100@x", "sip:100@x", source, transport)).isPresent())
        .isEqualTo(known);
  }

  @Test
  void aCallToTheContactThatWasRegisteredIsKnownFromAnywhere() throws Exception {
    Trunks running = start(trunk(Trunk.Kind.REGISTER, "secret"));
    String contact = pbx.registered.take().contacts().get(0).uri();
    assertThat(contact).contains(";line=");

    assertThat(running.senderOf(fromAnywhere(contact))).isPresent();
    assertThat(running.senderOf(fromAnywhere(contact.replaceFirst("line=.", "line=x")))).isEmpty();
    assertThat(running.senderOf(fromAnywhere("sip:gw@127.0.0.1"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "sip:100@x, sip:200@x, sip:100@x",
    "sip:gw@x;line=1, sip:200@x, sip:200@x",
    "sip:gw@x, tel:200, tel:200",
    "sip:gw@x, sip:x, sip:gw@x",
  })
  void theNumberIsInToWhereTheRequestUriIsOurOwn(String uri, String to, String dialled) {
    TrunkLink link = start(trunk(Trunk.Kind.PEER, "secret")).find("pbx").orElseThrow();
    assertThat(link.dialled(invite(uri, to, anywhere(), SipTransport.UDP))).isEqualTo(dialled);
  }

  @Test
  void aCallerIsShownAtTheTrunksHost() {
    TrunkLink link = start(trunk(Trunk.Kind.PEER, "secret")).find("pbx").orElseThrow();
    Invite call = invite("sip:100@x", "sip:100@x", anywhere(), SipTransport.UDP);
    assertThat(link.caller(call))
        .isEqualTo(Caller.shown(new NameAddress("Bob", "sip:200@127.0.0.1")));
  }

  private Trunks start(Trunk trunk) {
    Trunks running =
        new Trunks(
            ImmutableMap.of("pbx", trunk),
            new SipLocator(DnsConfig.OF_SYSTEM),
            ImmutableMap.of(),
            Clock.systemUTC());
    running.start(ours);
    trunks = running;
    return running;
  }

  private Trunk trunk(Trunk.Kind kind, String password) {
    int port = server.listening().get(0).address().getPort();
    return new Trunk(
        kind,
        Trunk.Servers.only(new Trunk.Server("127.0.0.1", port, SipTransport.UDP)),
        new Trunk.Account("gw", new Secret(password), "pbx"),
        ImmutableList.of(new AddressRange(InetAddresses.forString("198.51.100.0"), 28)),
        Duration.ofMinutes(5),
        Duration.ofMinutes(1),
        MediaPolicy.PLAIN,
        POLICY,
        SipTls.OfTrunk.USUAL);
  }

  private static void awaitState(Trunks trunks, String state, String reason) {
    await()
        .untilAsserted(
            () ->
                assertThat(trunks.views().get(0))
                    .containsEntry("state", state)
                    .containsEntry("reason", reason));
  }

  private static Invite fromAnywhere(String uri) {
    return invite(uri, "sip:200@x", anywhere(), SipTransport.UDP);
  }

  private static InetSocketAddress anywhere() {
    return new InetSocketAddress(InetAddresses.forString("203.0.113.1"), 5060);
  }

  private static Invite invite(
      String uri, String to, InetSocketAddress source, SipTransport transport) {
    return new Invite(
        "call",
        uri,
        CallerId.user(uri).orElse(""),
        new NameAddress("Bob", "sip:200@ringdown"),
        new NameAddress("", to),
        source,
        transport,
        new Authentication.None(),
        "v=0",
        ImmutableListMultimap.of());
  }

  /** A PBX that knows {@code gw}, and remembers what it was asked. */
  private static final class Pbx implements SipHandler {
    private final BlockingQueue<RegisterRequest> registered = new LinkedBlockingQueue<>();
    private final BlockingQueue<Invite> calls = new LinkedBlockingQueue<>();

    @Override
    public Optional<String> passwordOf(String user) {
      return user.equals("gw") ? Optional.of("secret") : Optional.empty();
    }

    @Override
    public SipLeg.Listener onInvite(Invite invite, SipLeg leg) {
      if (invite.authentication() instanceof Authentication.Verified) {
        calls.add(invite);
        leg.end(SipStatus.BUSY_HERE);
      } else {
        leg.challenge();
      }
      return SipLeg.Listener.NONE;
    }

    @Override
    public void onRegister(RegisterRequest request) {
      if (request.authentication() instanceof Authentication.Verified) {
        registered.add(request);
        request.accept(request.contacts());
      } else {
        request.challenge();
      }
    }
  }
}
