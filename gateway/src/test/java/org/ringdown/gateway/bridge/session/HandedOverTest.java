package org.ringdown.gateway.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.gateway.bridge.leg.CallFacts;
import org.ringdown.gateway.bridge.leg.FakeLeg;
import org.ringdown.gateway.bridge.leg.Party;
import org.ringdown.gateway.bridge.leg.TransferRequest;
import org.ringdown.gateway.bridge.ring.Branch;
import org.ringdown.gateway.bridge.ring.ForkedLeg;
import org.ringdown.gateway.bridge.talk.FakeMedia;
import org.ringdown.gateway.bridge.talk.HeaderGate;
import org.ringdown.gateway.bridge.transfer.Targets;
import org.ringdown.gateway.call.CallId;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.gateway.config.HeaderPolicy;
import org.ringdown.gateway.media.leg.Dialect;
import org.ringdown.gateway.routing.Hunt;
import org.ringdown.gateway.routing.Origin;
import org.ringdown.gateway.routing.Route;
import org.ringdown.sip.message.NameAddress;

/** Transfers that the one who stays carries out by itself, and those that it does not. */
final class HandedOverTest {
  private static final Origin PBX = new Origin.Trunk("pbx");
  private final FakeMedia media = new FakeMedia();
  private final ManualTime time = new ManualTime();
  private final List<String> heard = new ArrayList<>();
  private final List<CallRecord> records = new ArrayList<>();
  private final FakeLeg page = new FakeLeg("page", Dialect.WEBRTC, new Origin.User("alice"));
  private final FakeBranch bob = branch("bob", PBX);
  private final FakeBranch carol = branch("carol", PBX);
  private Targets.@Nullable There there = new Targets.There("sip:carol@pbx", false);
  private Targets.Handing handing = Targets.Handing.ALWAYS;
  private final CallSession call = session("call", page);

  private static FakeBranch branch(String name, Origin origin) {
    return new FakeBranch(new FakeLeg(name, Dialect.PLAIN, origin));
  }

  private CallSession session(String id, FakeLeg caller) {
    return new CallSession(
        new CallFacts(new CallId(id), new NameAddress("A", "sip:alice@ringdown"), "bob"),
        caller,
        Runnable::run,
        ManualTime.TIMERS,
        new CallSession.Environment(
            time,
            time::after,
            new Found(),
            new HeaderGate((party, leg) -> HeaderPolicy.NONE),
            over -> records.add(over.record())));
  }

  /** Carol, behind the trunk that Bob is behind. */
  private final class Found implements Targets {
    @Override
    public Targets.Found find(Party by, CallFacts facts, Party stays, String prefix) {
      return new Targets.Found.Somebody(way(carol), stays.origin().equals(PBX) ? there : null);
    }

    @Override
    public Handing handing(Origin stays) {
      return stays.equals(PBX) ? handing : Handing.NEVER;
    }
  }

  private static ForkedLeg.Way way(Branch device) {
    return new ForkedLeg.Way(
        new Hunt(new Route.ToTrunk("pbx", "1")),
        step -> ImmutableList.of(device),
        (by, uri) -> ImmutableList.of());
  }

  private void connect() {
    connect(call, bob);
  }

  private void connect(CallSession session, FakeBranch callee) {
    session.begin("offer", way(callee), media);
    callee.does().onAnswered("sdp");
  }

  private TransferRequest toCarol() {
    return new TransferRequest.Blind("carol", "", new HeardReport(heard));
  }

  private static EndReason reason(Kind kind, int status) {
    return new EndReason(kind, By.CALLEE, status, 0, "");
  }

  @Test
  void whoStaysCallsTheTargetAndTheGatewayLeaves() {
    connect();
    page.does().onTransfer(toCarol());
    assertThat(bob.leg.told).containsExactly("refer to sip:carol@pbx");
    bob.leg.says().trying();
    bob.leg.says().alerted();
    bob.leg.says().done();
    assertThat(heard).containsExactly("accepted", "alerted", "done");
    assertThat(page.told).endsWith("end TRANSFERRED");
    assertThat(bob.leg.told).endsWith("end TRANSFERRED");
    assertThat(carol.offered).isNull();
    assertThat(records).singleElement().matches(over -> over.reason().kind() == Kind.TRANSFERRED);
  }

  @Test
  void whoDoesNotTakeItIsBridged() {
    connect();
    page.does().onTransfer(toCarol());
    bob.leg.says().refused(reason(Kind.REFUSED, 405));
    carol.does().onAlerted();
    carol.does().onAnswered("sdp");
    assertThat(heard).containsExactly("accepted", "alerted", "done");
    assertThat(page.told).endsWith("end TRANSFERRED");
    assertThat(bob.leg.told)
        .containsExactly("refer to sip:carol@pbx", "talks to sip:carol@ringdown");
    assertThat(records).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "BUSY, 486, failed BUSY",
    "DECLINED, 603, failed DECLINED",
    "NO_ANSWER, 408, failed NO_ANSWER",
    "NOT_FOUND, 404, failed NOT_FOUND",
    "UNAVAILABLE, 480, failed UNAVAILABLE"
  })
  void whatTheTargetSaysIsNotAskedAgain(Kind kind, int status, String failed) {
    connect();
    page.does().onTransfer(toCarol());
    bob.leg.says().trying();
    bob.leg.says().failed(reason(kind, status));
    assertThat(heard).containsExactly("accepted", failed);
    assertThat(carol.offered).isNull();
    assertTheCallGoesOn();
  }

  private void assertTheCallGoesOn() {
    page.does().onDigits("5", 100, 70);
    assertThat(media.told).endsWith("dtmf 5 to bob");
    assertThat(bob.leg.told).containsExactly("refer to sip:carol@pbx", "digit 5");
    assertThat(records).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"FORBIDDEN, 403", "OVERLOADED, 503", "UNAVAILABLE, 500", "REFUSED, 481"})
  void whatThePlaceCannotDoIsBridged(Kind kind, int status) {
    connect();
    page.does().onTransfer(toCarol());
    bob.leg.says().trying();
    bob.leg.says().failed(reason(kind, status));
    assertThat(carol.offered).isNotNull();
    carol.does().onEnded(reason(Kind.BUSY, 486));
    assertThat(heard).containsExactly("accepted", "failed BUSY");
    assertTheCallGoesOn();
  }

  @Test
  void silenceIsBridgedSoon() {
    connect();
    page.does().onTransfer(toCarol());
    time.pass(Duration.ofSeconds(4));
    assertThat(carol.offered).isNull();
    time.pass(Duration.ofSeconds(2));
    assertThat(carol.offered).isNotNull();
  }

  @Test
  void whoOnlyTriesIsGivenTheTimeOfARing() {
    connect();
    page.does().onTransfer(toCarol());
    bob.leg.says().trying();
    time.pass(Duration.ofSeconds(50));
    assertThat(carol.offered).isNull();
    time.pass(Duration.ofMinutes(2));
    assertThat(carol.offered).isNotNull();
    carol.does().onAnswered("sdp");
    assertThat(heard).containsExactly("accepted", "done");
    assertThat(bob.leg.told).endsWith("talks to sip:carol@ringdown");
  }

  @Test
  void whoRingsForTooLongIsNotCalledOnceMore() {
    connect();
    page.does().onTransfer(toCarol());
    bob.leg.says().trying();
    bob.leg.says().alerted();
    time.pass(Duration.ofMinutes(2));
    assertThat(carol.offered).isNull();
    assertThat(heard).containsExactly("accepted", "alerted", "failed NO_ANSWER");
    assertTheCallGoesOn();
  }

  @Test
  void aLateSuccessEndsTheRingingThatStoodIn() {
    connect();
    page.does().onTransfer(toCarol());
    time.pass(Duration.ofSeconds(20));
    bob.leg.says().done();
    assertThat(carol.leg.told).containsExactly("end TRANSFERRED");
    assertThat(page.told).endsWith("end TRANSFERRED");
    assertThat(heard).containsExactly("accepted", "done");
  }

  @Test
  void aTransferorThatLeavesMeanwhileIsNotMissed() {
    connect();
    page.does().onTransfer(toCarol());
    page.does().onEnded(reason(Kind.HANGUP, 0));
    assertThat(bob.leg.told).containsExactly("refer to sip:carol@pbx");
    bob.leg.says().refused(reason(Kind.REFUSED, 603));
    carol.does().onAnswered("sdp");
    assertThat(bob.leg.told).endsWith("talks to sip:carol@ringdown");
    assertThat(records).isEmpty();
  }

  @Test
  void nobodyIsAskedWhereTheTargetIsElsewhere() {
    there = null;
    connect();
    page.does().onTransfer(toCarol());
    assertThat(bob.leg.told).isEmpty();
    assertThat(carol.offered).isNotNull();
  }

  @Test
  void twoBehindOneTrunkAreJoinedThere() {
    connect();
    FakeLeg otherLeg = new FakeLeg("page", Dialect.WEBRTC, new Origin.User("alice"));
    CallSession other = session("other", otherLeg);
    connect(other, carol);
    page.does().onTransfer(new TransferRequest.Attended(otherLeg.seat(), new HeardReport(heard)));
    assertThat(bob.leg.told).containsExactly("refer to place of carol");
    bob.leg.says().done();
    assertThat(heard).containsExactly("accepted", "done");
    assertThat(bob.leg.told).endsWith("end TRANSFERRED");
    assertThat(carol.leg.told).containsExactly("end TRANSFERRED");
    assertThat(otherLeg.told).endsWith("end TRANSFERRED");
    assertThat(records).hasSize(2);
  }

  @Test
  void twoBehindOneTrunkThatDoesNotJoinThemAreJoinedHere() {
    handing = Targets.Handing.IF_ABLE;
    connect();
    FakeLeg otherLeg = new FakeLeg("page", Dialect.WEBRTC, new Origin.User("alice"));
    CallSession other = session("other", otherLeg);
    connect(other, carol);
    page.does().onTransfer(new TransferRequest.Attended(otherLeg.seat(), new HeardReport(heard)));
    assertThat(bob.leg.told).containsExactly("refer to place of carol if able");
    bob.leg.says().refused(reason(Kind.REFUSED, 501));
    assertThat(heard).containsExactly("accepted", "done");
    assertThat(bob.leg.told).endsWith("talks to sip:carol@ringdown");
    assertThat(carol.leg.told).containsExactly("talks to sip:bob@ringdown");
    assertThat(records).hasSize(1);
  }

  @Test
  void whoIsElsewhereIsJoinedHere() {
    connect();
    FakeLeg otherLeg = new FakeLeg("page", Dialect.WEBRTC, new Origin.User("alice"));
    CallSession other = session("other", otherLeg);
    connect(other, branch("dora", new Origin.User("dora")));
    page.does().onTransfer(new TransferRequest.Attended(otherLeg.seat(), new HeardReport(heard)));
    assertThat(bob.leg.told).containsExactly("talks to sip:dora@ringdown");
    assertThat(heard).containsExactly("accepted", "done");
  }
}
