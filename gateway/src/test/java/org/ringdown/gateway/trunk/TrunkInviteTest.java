package org.ringdown.gateway.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.config.HeaderPolicy;
import org.ringdown.gateway.config.Secret;
import org.ringdown.gateway.config.SipTls;
import org.ringdown.gateway.config.Trunk;
import org.ringdown.gateway.config.TrunkPolicy;
import org.ringdown.gateway.config.TrunkPolicy.Forwarding;
import org.ringdown.gateway.config.TrunkPolicy.Limits;
import org.ringdown.gateway.config.TrunkPolicy.SentIdentity;
import org.ringdown.gateway.config.TrunkPolicy.ShownCaller;
import org.ringdown.gateway.routing.Rewriting;
import org.ringdown.gateway.routing.Unanswered;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.trunk.Caller.Privacy;
import org.ringdown.sip.leg.DialogPolicy;
import org.ringdown.sip.message.NameAddress;
import org.ringdown.sip.transport.SipTransport;

/** Who and what the other side of a trunk learns. */
final class TrunkInviteTest {
  private static final NameAddress ALICE = new NameAddress("Alice", "sip:1001@ringdown");
  private static final String TARGET = "sip:5@pbx";

  @Test
  void aCallerIsShownAndAsserted() {
    TrunkInvite invite = invite(ShownCaller.CALLER, SentIdentity.ASSERTED, Privacy.UNSAID);
    assertThat(invite.from()).isEqualTo(new NameAddress("Alice", "sip:+49301001@ringdown"));
    assertThat(invite.headers(TARGET))
        .containsExactly(entry("P-Asserted-Identity", "\"Alice\" <sip:+49301001@ringdown>"));
  }

  @Test
  void anAccountIsShownWithTheCallersName() {
    TrunkInvite invite = invite(ShownCaller.ACCOUNT, SentIdentity.NONE, Privacy.UNSAID);
    assertThat(invite.from()).isEqualTo(new NameAddress("Alice", "sip:gw@pbx"));
    assertThat(invite.headers(TARGET)).isEmpty();
  }

  @Test
  void whoHidesIsToldToTheTrunkAloneThatAssertsIt() {
    TrunkInvite trusted = invite(ShownCaller.ACCOUNT, SentIdentity.ASSERTED, Privacy.HIDDEN);
    assertThat(trusted.from()).isEqualTo(Caller.ANONYMOUS);
    assertThat(trusted.headers(TARGET))
        .containsExactly(
            entry("P-Asserted-Identity", "\"Alice\" <sip:+49301001@ringdown>"),
            entry("Privacy", "id"));

    TrunkInvite other = invite(ShownCaller.CALLER, SentIdentity.NONE, Privacy.HIDDEN);
    assertThat(other.from()).isEqualTo(Caller.ANONYMOUS);
    assertThat(other.headers(TARGET)).containsExactly(entry("Privacy", "id"));
  }

  @Test
  void aPreferredIdentityLeavesTheAssertionToTheTrunk() {
    assertThat(invite(ShownCaller.CALLER, SentIdentity.PREFERRED, Privacy.NONE).headers(TARGET))
        .containsExactly(
            entry("P-Preferred-Identity", "\"Alice\" <sip:+49301001@ringdown>"),
            entry("Privacy", "none"));
  }

  @Test
  void whatWasForwardedIsSaidTheWayTheTrunkWants() {
    ImmutableList<Diversion> busy =
        ImmutableList.of(Diversion.by("sip:100@ringdown", Unanswered.BUSY));
    OutgoingCall call =
        new OutgoingCall(
            Caller.shown(ALICE), busy, ImmutableMap.of("x-account", "7", "x-other", "8"));

    assertThat(invite(Forwarding.NONE, call)).containsOnlyKeys("x-account");
    assertThat(invite(Forwarding.DIVERSION, call))
        .containsEntry("Diversion", "<sip:100@ringdown>;reason=user-busy;counter=1")
        .doesNotContainKey("History-Info");
    assertThat(invite(Forwarding.HISTORY, call))
        .containsEntry(
            "History-Info", "<sip:100@ringdown>;index=1, <sip:5@pbx;cause=486>;index=1.1")
        .doesNotContainKey("Diversion");
    assertThat(invite(Forwarding.BOTH, call)).containsKeys("Diversion", "History-Info");
  }

  private static ImmutableMap<String, String> invite(Forwarding forwarded, OutgoingCall call) {
    Trunk trunk = trunk(ShownCaller.CALLER, SentIdentity.NONE, forwarded, null);
    return new TrunkInvite(trunk, call).headers(TARGET);
  }

  private static TrunkInvite invite(ShownCaller from, SentIdentity send, Privacy privacy) {
    Trunk.Account account = new Trunk.Account("gw", new Secret("pw"), null);
    OutgoingCall call =
        new OutgoingCall(new Caller(ALICE, privacy), ImmutableList.of(), ImmutableMap.of());
    return new TrunkInvite(trunk(from, send, Forwarding.NONE, account), call);
  }

  private static Trunk trunk(
      ShownCaller from, SentIdentity send, Forwarding forwarded, Trunk.@Nullable Account account) {
    Rewriting out = new Rewriting(ImmutableList.of(new Rewriting.Rule.Prefix("100", "+4930100")));
    return new Trunk(
        Trunk.Kind.PEER,
        Trunk.Servers.only(new Trunk.Server("pbx", 5060, SipTransport.UDP)),
        account,
        ImmutableList.of(),
        Duration.ofMinutes(5),
        null,
        MediaPolicy.PLAIN,
        new TrunkPolicy(
            new TrunkPolicy.CallerId(from, send, false, forwarded),
            new TrunkPolicy.Numbers(Rewriting.NONE, Rewriting.NONE, Rewriting.NONE, out, null),
            new HeaderPolicy(ImmutableList.of(), ImmutableList.of("X-Account")),
            Limits.NONE,
            TrunkPolicy.Handling.USUAL,
            DialogPolicy.USUAL),
        SipTls.OfTrunk.USUAL);
  }

  private static Map.Entry<String, String> entry(String name, String value) {
    return Map.entry(name, value);
  }
}
