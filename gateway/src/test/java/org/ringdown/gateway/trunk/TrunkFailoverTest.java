package org.ringdown.gateway.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.ringdown.gateway.config.Secret;
import org.ringdown.gateway.config.SipTls;
import org.ringdown.gateway.config.Trunk;
import org.ringdown.gateway.config.TrunkPolicy;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.sip.SipEndpoint;
import org.ringdown.sip.challenge.Authentication;
import org.ringdown.sip.dns.DnsConfig;
import org.ringdown.sip.dns.SipLocator;
import org.ringdown.sip.leg.Invite;
import org.ringdown.sip.leg.SipEnd;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.NameAddress;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.transport.SipTransport;

/** A trunk of two servers, of which the first is in some trouble. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TrunkFailoverTest {
  private static final SipStatus OVERLOADED = new SipStatus(503, "Service Unavailable", 0, "");

  private static final NameAddress ALICE = new NameAddress("Alice", "sip:alice@ringdown");
  private static final OutgoingCall CALL =
      new OutgoingCall(Caller.shown(ALICE), ImmutableList.of(), ImmutableMap.of());

  private Time time;
  private Ears ears;
  private SipEndpoint ours;
  private RefusingServer first;
  private RefusingServer second;
  private DatagramSocket silent;
  private @Nullable Trunks trunks;

  @BeforeAll
  void start() throws IOException {
    ours = Loopback.caller();
    first = new RefusingServer();
    second = new RefusingServer();
  }

  @AfterAll
  void stop() {
    ours.close();
    first.close();
    second.close();
  }

  @BeforeEach
  void open() throws IOException {
    time = new Time();
    ears = new Ears();
    first.forget();
    second.forget();
    silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() {
    if (trunks != null) {
      trunks.close();
    }
    silent.close();
  }

  @Test
  void silenceOfOneSendsTheCallToTheNext() {
    TrunkLink link = start(peer(udp(silent.getLocalPort()), second.udp()));
    link.dial("1", CALL, "v=0", ears);
    assertThat(ears.end().status().code()).isEqualTo(486);
    assertThat(states(link)).containsExactly("down", "up");
    assertThat(reasons(link).get(0))
        .isEqualTo("a call failed: 408 Request timeout (no answer from the next hop)");

    Ears again = new Ears();
    link.dial("1", CALL, "v=0", again);
    again.end();
    assertThat(second.calls()).hasSize(2);
    assertThat(second.calls().get(0).callId()).isNotEqualTo(second.calls().get(1).callId());
    assertThat(link.obstacle()).isEmpty();
  }

  @Test
  void aServerThatCannotBeReachedSendsTheCallToTheNext() throws IOException {
    try (Socket bound = new Socket()) { // which nobody else can have meanwhile
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Trunk.Server deaf = new Trunk.Server("127.0.0.1", bound.getLocalPort(), SipTransport.TCP);
      TrunkLink link = start(peer(deaf, second.udp()));
      link.dial("1", CALL, "v=0", ears);
      assertThat(ears.end().status().code()).isEqualTo(486);
      assertThat(reasons(link).get(0)).contains("no connection to the server");
    }
  }

  @Test
  void whoSays503IsLeftAloneAsLongAsItWants() {
    first.refuseWith(OVERLOADED);
    TrunkLink link = start(peer(first.udp(), second.udp()));
    call(link);
    assertThat(first.calls()).hasSize(1);
    assertThat(second.calls()).hasSize(1);
    assertThat(second.calls().get(0).callId()).isEqualTo(first.calls().get(0).callId());
    assertThat(states(link)).containsExactly("down", "up");

    call(link);
    assertThat(first.calls()).hasSize(1);

    time.pass(Duration.ofSeconds(10));
    call(link);
    assertThat(first.calls()).hasSize(2);
  }

  @Test
  void whatTheCalleeSaysIsNotAskedTwice() {
    TrunkLink link = start(peer(first.udp(), second.udp()));
    call(link);
    assertThat(first.calls()).hasSize(1);
    assertThat(second.calls()).isEmpty();
  }

  @Test
  void onceTheCallerHearsItRingTheServerIsKept() {
    first.ringFirst();
    first.refuseWith(OVERLOADED);
    TrunkLink link = start(peer(first.udp(), second.udp()));
    link.dial("1", CALL, "v=0", ears);
    assertThat(ears.end().status().code()).isEqualTo(503);
    assertThat(ears.heard).containsExactly("progress 180");
    assertThat(second.calls()).isEmpty();
  }

  @Test
  void whenNoneIsLeftTheLastOnesWordStandsAndTheTrunkIsDown() {
    first.refuseWith(OVERLOADED);
    TrunkLink link = start(peer(udp(silent.getLocalPort()), first.udp()));
    link.dial("1", CALL, "v=0", ears);
    assertThat(ears.end().kind()).isEqualTo(SipEnd.Kind.REFUSED);
    assertThat(ears.end().status().code()).isEqualTo(503);
    assertThat(link.obstacle().orElseThrow())
        .startsWith("The trunk pbx is down: ")
        .contains("408 Request timeout", "503 Service unavailable");

    time.pass(Duration.ofSeconds(30));
    assertThat(link.obstacle()).isEmpty();
  }

  @Test
  void aCallerWhoGivesUpStopsTheSearch() {
    TrunkLink link = start(peer(udp(silent.getLocalPort()), second.udp()));
    link.dial("1", CALL, "v=0", ears).end(SipStatus.REQUEST_TERMINATED);
    assertThat(ears.heard).isEmpty();
    assertThat(second.calls()).isEmpty();
  }

  @Test
  void aCallFromAnyOfItsServersIsItsOwn() {
    TrunkLink link = start(peer(first.udp(), second.udp()));
    for (RefusingServer server : List.of(first, second)) {
      assertThat(link.sent(invite(server.address()))).isTrue();
    }
    assertThat(link.sent(invite(new InetSocketAddress("127.0.0.1", 1)))).isFalse();
  }

  @Test
  void itRegistersAtTheNextServerWhenOneIsDead() {
    Trunk.Server dead = udp(silent.getLocalPort());
    TrunkLink link = start(trunk(Trunk.Kind.REGISTER, null, dead, second.udp()));
    await().untilAsserted(() -> assertThat(second.registrations()).isNotEmpty());
    await().untilAsserted(() -> assertThat(link.view()).containsEntry("state", "up"));
    assertThat(reasons(link).get(0)).startsWith("registration failed: 408");
  }

  @Test
  void itMovesItsRegistrationWhenTheServerDies() throws IOException {
    RefusingServer mortal = new RefusingServer();
    Trunk trunk = trunk(Trunk.Kind.REGISTER, Duration.ofMinutes(1), mortal.udp(), second.udp());
    TrunkLink link = start(trunk);
    await().untilAsserted(() -> assertThat(mortal.registrations()).isNotEmpty());
    await().untilAsserted(() -> assertThat(states(link)).containsExactly("up", "up"));

    mortal.close();
    link.check();

    await().untilAsserted(() -> assertThat(second.registrations()).isNotEmpty());
    assertThat(states(link)).containsExactly("down", "up");
    assertThat(reasons(link).get(0)).startsWith("no service: 408 Request timeout");
    assertThat(link.obstacle()).isEmpty();
  }

  @Test
  void everythingGoesByWayOfTheProxy() {
    Trunk trunk =
        new Trunk(
            Trunk.Kind.PEER,
            new Trunk.Servers(
                ImmutableList.of(new Trunk.Server("carrier.example", 0, null)),
                second.udp(),
                Duration.ofMillis(400)),
            null,
            ImmutableList.of(),
            Duration.ofMinutes(5),
            null,
            MediaPolicy.PLAIN,
            TrunkPolicy.of(TrunkPolicy.ShownCaller.CALLER),
            SipTls.OfTrunk.USUAL);
    call(start(trunk));
    assertThat(second.calls().get(0).requestUri()).isEqualTo("sip:1@carrier.example");
    assertThat(second.calls().get(0).headers().get("route"))
        .containsExactly("<" + second.udp().uri() + ";lr>");
  }

  private static void call(TrunkLink link) {
    Ears listener = new Ears();
    link.dial("1", CALL, "v=0", listener);
    assertThat(listener.end().status().code()).isEqualTo(486);
  }

  private TrunkLink start(Trunk trunk) {
    Trunks running =
        new Trunks(
            ImmutableMap.of("pbx", trunk),
            new SipLocator(DnsConfig.OF_SYSTEM),
            ImmutableMap.of(),
            time);
    trunks = running;
    running.start(ours);
    TrunkLink link = running.find("pbx").orElseThrow();
    await().until(() -> link.obstacle().isEmpty());
    return link;
  }

  private static Trunk peer(Trunk.Server... servers) {
    return trunk(Trunk.Kind.PEER, null, servers);
  }

  private static Trunk trunk(Trunk.Kind kind, @Nullable Duration qualify, Trunk.Server... servers) {
    ImmutableList.Builder<Trunk.Server> ordered = ImmutableList.builder();
    for (int place = 0; place < servers.length; place++) {
      Trunk.Server server = servers[place];
      ordered.add(new Trunk.Server(server.host(), server.port(), server.transport(), place, 1));
    }
    return new Trunk(
        kind,
        new Trunk.Servers(ordered.build(), null, Duration.ofMillis(400)),
        new Trunk.Account("gw", new Secret("secret"), null),
        ImmutableList.of(),
        Duration.ofMinutes(5),
        qualify,
        MediaPolicy.PLAIN,
        TrunkPolicy.of(TrunkPolicy.ShownCaller.CALLER),
        SipTls.OfTrunk.USUAL);
  }

  private static Trunk.Server udp(int port) {
    return new Trunk.Server("127.0.0.1", port, SipTransport.UDP);
  }

  private static List<String> states(TrunkLink link) {
    return targets(link).stream().map(target -> String.valueOf(target.get("state"))).toList();
  }

  private static List<String> reasons(TrunkLink link) {
    return targets(link).stream().map(target -> String.valueOf(target.get("reason"))).toList();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> targets(TrunkLink link) {
    return (List<Map<String, Object>>) link.view().getOrDefault("targets", List.of());
  }

  private static Invite invite(InetSocketAddress source) {
    return new Invite(
        "call",
        "sip:1@x",
        "1",
        ALICE,
        ALICE,
        source,
        SipTransport.UDP,
        new Authentication.None(),
        "v=0",
        ImmutableListMultimap.of());
  }

  /** A time that passes when it is told to. */
  private static final class Time extends Clock {
    private volatile Instant now = Instant.EPOCH;

    void pass(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static final class Ears implements SipLeg.Listener {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private volatile @Nullable SipEnd end;

    @Override
    public void onProgress(int code, @Nullable String sdp) {
      heard.add("progress " + code);
    }

    @Override
    public void onEnded(SipEnd how) {
      end = how;
    }

    SipEnd end() {
      await().until(() -> end != null);
      return Optional.ofNullable(end).orElseThrow();
    }
  }
}
