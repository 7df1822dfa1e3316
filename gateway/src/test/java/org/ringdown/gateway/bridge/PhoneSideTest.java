package org.ringdown.gateway.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.ArgumentCaptor;
import org.ringdown.gateway.bridge.house.HouseRules;
import org.ringdown.gateway.bridge.house.Users;
import org.ringdown.gateway.call.CallTimers;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.config.GatewayConfig.User;
import org.ringdown.gateway.config.Secret;
import org.ringdown.gateway.config.SipTls;
import org.ringdown.gateway.config.Trunk;
import org.ringdown.gateway.config.TrunkPolicy;
import org.ringdown.gateway.media.MediaEngine;
import org.ringdown.gateway.routing.Router;
import org.ringdown.gateway.routing.registrar.Registrar;
import org.ringdown.gateway.routing.registrar.RegistrarLimits;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.token.TokenVerifier;
import org.ringdown.gateway.trunk.Trunks;
import org.ringdown.sip.challenge.Authentication;
import org.ringdown.sip.dns.DnsConfig;
import org.ringdown.sip.dns.SipLocator;
import org.ringdown.sip.leg.DialogPolicy;
import org.ringdown.sip.leg.Invite;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.NameAddress;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.rtp.RtpPortRange;
import org.ringdown.sip.transport.SipTransport;
import org.ringdown.sip.work.Workers;

final class PhoneSideTest {
  private static final ImmutableMap<String, User> USERS =
      ImmutableMap.of(
          "alice", new User(new Secret("a"), "Alice"), "1001", new User(new Secret("b"), ""));
  private static final Authentication PHONE = new Authentication.Verified("1001");

  private final MediaEngine media = mock(MediaEngine.class);
  private final SipLeg leg = leg();
  private final Workers workers = new Workers("test");
  private RtpPortRange ports;
  private Bridge bridge;

  private static SipLeg leg() {
    SipLeg leg = mock(SipLeg.class);
    when(leg.follow(any())).thenReturn(true);
    return leg;
  }

  @BeforeEach
  void build() throws Exception {
    ports = RtpPortRange.open(InetAddress.getLoopbackAddress(), 0, 0, 1);
    Duration minute = Duration.ofMinutes(1);
    Bridge.Parts parts =
        new Bridge.Parts(
            new HouseRules(
                new Users(USERS, "ringdown"),
                new Router(ImmutableSet.copyOf(USERS.keySet()), ImmutableMap.of()),
                GatewayConfig.Headers.NONE,
                DialogPolicy.USUAL,
                MediaPolicy.PLAIN,
                new CallTimers(minute, minute, minute, minute),
                10),
            TokenVerifier.of(GatewayConfig.defaults().web().tokens(), Clock.systemUTC()),
            new Registrar(new RegistrarLimits(minute, minute, minute, 1)),
            new Trunks(
                ImmutableMap.of("pbx", trunk()),
                new SipLocator(DnsConfig.OF_SYSTEM),
                ImmutableMap.of(),
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)),
            media,
            ImmutableList.of(new InetSocketAddress("127.0.0.1", 7078)),
            ports,
            workers);
    bridge = new Bridge(parts, Clock.systemUTC(), record -> {});
  }

  @AfterEach
  void close() {
    bridge.close();
    workers.close();
    ports.close();
  }

  @Test
  void aStrangerIsChallengedAndReachesNothing() {
    bridge.phones().onInvite(invite(new Authentication.None(), "alice", "v=0"), leg);
    verify(leg).challenge();
    verify(leg, never()).end(any());
    verify(media, never()).open(any());
  }

  @Test
  void aTrunkIsNotChallengedAndReachesNothingWithoutARule() {
    bridge.phones().onInvite(fromTrunk(new Authentication.None()), leg);
    verify(leg, never()).challenge();
    assertThat(refusal().code()).isEqualTo(404);
  }

  @Test
  void aTrunkThatCallsTooOftenIsToldSo() {
    SipLeg third = leg();
    bridge.phones().onInvite(fromTrunk(new Authentication.None()), leg());
    bridge.phones().onInvite(fromTrunk(new Authentication.None()), leg());
    bridge.phones().onInvite(fromTrunk(new Authentication.None()), third);
    verify(third)
        .end(
            new SipStatus(
                503,
                "Service Unavailable",
                42,
                "The trunk pbx gets more calls than it may have in a second (2)."));
  }

  @Test
  void wrongCredentialsAreChallengedEvenWhereATrunkIs() {
    bridge.phones().onInvite(fromTrunk(new Authentication.Failed("alice")), leg);
    verify(leg).challenge();
  }

  @ParameterizedTest
  @CsvSource({"nobody, 404", "9196, 404"})
  void aNumberThatNobodyHasIsNotFound(String dialled, int code) {
    bridge.phones().onInvite(invite(PHONE, dialled, "v=0"), leg);
    assertThat(refusal().code()).isEqualTo(code);
    verify(media, never()).open(any());
  }

  @Test
  void whoGoesDownTakesNoMoreCalls() {
    bridge.close();
    bridge.phones().onInvite(invite(PHONE, "alice", "v=0"), leg);
    assertThat(refusal().code()).isEqualTo(503);
  }

  @Test
  void passwordsAreThoseOfTheConfiguration() {
    assertThat(bridge.phones().passwordOf("alice")).contains("a");
    assertThat(bridge.phones().passwordOf("mallory")).isEmpty();
  }

  private SipStatus refusal() {
    ArgumentCaptor<SipStatus> status = ArgumentCaptor.forClass(SipStatus.class);
    verify(leg).end(status.capture());
    return status.getValue();
  }

  private static Trunk trunk() {
    TrunkPolicy open = TrunkPolicy.of(TrunkPolicy.ShownCaller.CALLER);
    return new Trunk(
        Trunk.Kind.PEER,
        Trunk.Servers.only(new Trunk.Server("127.0.0.1", 5080, SipTransport.UDP)),
        null,
        ImmutableList.of(),
        Duration.ofMinutes(1),
        null,
        MediaPolicy.PLAIN,
        new TrunkPolicy(
            open.callerId(),
            open.numbers(),
            open.headers(),
            new TrunkPolicy.Limits(9, 2),
            open.handling(),
            open.dialogs()),
        SipTls.OfTrunk.USUAL);
  }

  private static Invite fromTrunk(Authentication authentication) {
    return invite(authentication, "alice", "v=0", 5080);
  }

  private static Invite invite(
      Authentication authentication, String dialled, @Nullable String sdp) {
    return invite(authentication, dialled, sdp, 5070);
  }

  private static Invite invite(
      Authentication authentication, String dialled, @Nullable String sdp, int port) {
    String uri = "sip:" + dialled + "@127.0.0.1";
    return new Invite(
        "id",
        uri,
        dialled,
        new NameAddress("", "sip:claims@anything"),
        new NameAddress("", uri),
        new InetSocketAddress("127.0.0.1", port),
        SipTransport.UDP,
        authentication,
        sdp,
        ImmutableListMultimap.of());
  }
}
