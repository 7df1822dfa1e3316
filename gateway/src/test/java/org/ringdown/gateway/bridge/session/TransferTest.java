package org.ringdown.gateway.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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
import org.ringdown.gateway.routing.Route;
import org.ringdown.gateway.routing.address.AddressOfRecord;
import org.ringdown.sip.message.NameAddress;

/** A side that gives the other one to somebody else: who is told what, and in which order. */
final class TransferTest {
  private final FakeLeg caller = new FakeLeg("caller", Dialect.PLAIN);
  private final FakeBranch page = new FakeBranch("page", Dialect.WEBRTC);
  private final FakeBranch bob = new FakeBranch("bob");
  private final FakeBranch carol = new FakeBranch("carol");
  private final FakeMedia media = new FakeMedia();
  private final ManualTime time = new ManualTime();
  private final List<String> asked = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private final List<CallRecord> records = new ArrayList<>();
  private @Nullable EndReason refusal;
  private ImmutableList<Branch> found = ImmutableList.of(bob);
  private final CallSession session =
      new CallSession(
          new CallFacts(new CallId("testcall"), new NameAddress("A", "sip:1001@ringdown"), "alice"),
          caller,
          Runnable::run,
          ManualTime.TIMERS,
          new CallSession.Environment(
              time,
              time::after,
              this::find,
              new HeaderGate((party, leg) -> HeaderPolicy.NONE),
              over -> records.add(over.record())));

  private Targets.Found find(Party by, CallFacts facts, Party stays, String prefix) {
    asked.add(by.shown().uri() + " -> " + facts.to() + " as " + facts.from().uri());
    asked.addAll(facts.passed().headers().values());
    if (refusal != null) {
      return new Targets.Found.Refused(refusal);
    }
    return new Targets.Found.Somebody(way(found), null);
  }

  private static ForkedLeg.Way way(ImmutableList<Branch> devices) {
    return new ForkedLeg.Way(
        new Hunt(new Route.ToUser(new AddressOfRecord("any"))),
        step -> devices,
        (by, uri) -> ImmutableList.of());
  }

  @Test
  void theTargetTakesThePlaceOfTheCallee() {
    connect();
    page.does().onTransfer(blind("bob"));
    assertThat(asked)
        .containsExactly("sip:page@ringdown -> bob as sip:caller@ringdown", "<sip:page@ringdown>");
    assertThat(bob.offered).isEqualTo("offer of caller for bob");
    bob.does().onAlerted();
    bob.does().onAnswered("sdp");
    assertThat(heard).containsExactly("accepted", "alerted", "done");
    assertThat(page.leg.told).containsExactly("end TRANSFERRED");
    assertThat(media.told).containsExactly("join page", "join caller with bob", "release page");
    assertThat(caller.told).containsExactly("answer answer of page", "talks to sip:bob@ringdown");
  }

  @Test
  void theTargetTakesThePlaceOfTheCallerAndTheCallGoesOnWithIt() {
    connect();
    caller.does().onTransfer(blind("bob"));
    bob.does().onAnswered("sdp");
    assertThat(caller.told).endsWith("end TRANSFERRED");
    assertThat(page.leg.told).containsExactly("talks to sip:bob@ringdown");
    bob.does().onDigits("5", 100, 70);
    page.does().onEnded(EndReason.of(Kind.HANGUP, By.CALLEE));
    assertThat(page.leg.told).containsExactly("talks to sip:bob@ringdown", "digit 5");
    assertThat(bob.leg.told).containsExactly("end HANGUP");
    assertThat(media.told).endsWith("release caller", "dtmf 5 to page", "close");
    assertThat(records).hasSize(1);
  }

  @Test
  void aTargetThatRefusesLeavesTheCallAsItWas() {
    connect();
    page.does().onTransfer(blind("bob"));
    bob.does().onEnded(EndReason.of(Kind.BUSY, By.CALLEE));
    assertThat(heard).containsExactly("accepted", "failed BUSY");
    page.does().onDigits("1", 100, 70);
    assertThat(media.told).containsExactly("join page", "release bob", "dtmf 1 to caller");
    page.does().onTransfer(blind("bob"));
    assertThat(heard).endsWith("accepted");
  }

  @Test
  void aTargetThatCannotBeJoinedIsLetGoAndLeavesTheCallAsItWas() {
    connect();
    page.does().onTransfer(blind("bob"));
    bob.does().onAnswered("bad sdp");
    assertThat(bob.leg.told).containsExactly("end NOT_ACCEPTABLE_MEDIA");
    assertThat(heard).containsExactly("accepted", "failed NOT_ACCEPTABLE_MEDIA");
    assertThat(page.leg.told).isEmpty();
    assertThat(media.told).containsExactly("join page", "release bob");
  }

  @Test
  void aTransferThatIsNotAllowedIsRefusedAndNobodyIsCalled() {
    connect();
    refusal = EndReason.byGateway(Kind.FORBIDDEN, "");
    page.does().onTransfer(blind("0900"));
    assertThat(heard).containsExactly("failed FORBIDDEN");
    assertThat(bob.offered).isNull();
  }

  @Test
  void aTransferorThatLeavesEarlyLeavesTheOtherSideToTheTarget() {
    connect();
    page.does().onTransfer(blind("bob"));
    page.does().onEnded(EndReason.of(Kind.HANGUP, By.CALLEE));
    assertThat(caller.told).containsExactly("answer answer of page");
    bob.does().onAnswered("sdp");
    assertThat(caller.told).endsWith("talks to sip:bob@ringdown");
    assertThat(page.leg.told).isEmpty();
    assertThat(records).isEmpty();
  }

  @Test
  void whereTheTransferorIsGoneATargetThatRefusesEndsTheCall() {
    connect();
    page.does().onTransfer(blind("bob"));
    page.does().onEnded(EndReason.of(Kind.HANGUP, By.CALLEE));
    bob.does().onEnded(EndReason.of(Kind.BUSY, By.CALLEE));
    assertThat(caller.told).endsWith("end BUSY");
    assertThat(records).hasSize(1);
  }

  @Test
  void theOtherSidesHangupEndsTransferorAndTarget() {
    connect();
    page.does().onTransfer(blind("bob"));
    caller.does().onEnded(EndReason.of(Kind.HANGUP, By.CALLER));
    assertThat(bob.leg.told).containsExactly("end HANGUP");
    assertThat(page.leg.told).containsExactly("end HANGUP");
    assertThat(heard).containsExactly("accepted", "failed HANGUP");
  }

  @Test
  void aTargetThatDoesNotAnswerIsGivenUpAfterTheRingTime() {
    connect();
    page.does().onTransfer(blind("bob"));
    time.pass(Duration.ofSeconds(61));
    assertThat(bob.leg.told).containsExactly("end NO_ANSWER");
    assertThat(heard).containsExactly("accepted", "failed NO_ANSWER");
    assertThat(records).isEmpty();
    assertThat(time.pending()).isEqualTo(1);
  }

  @Test
  void oneTransferAtATimeAndOnlyOfAnAnsweredCall() {
    session.execute(() -> session.begin("offer", way(ImmutableList.of(page)), media));
    caller.does().onTransfer(blind("bob"));
    assertThat(heard).containsExactly("failed REFUSED");
    page.does().onAnswered("sdp");
    caller.does().onConfirmed();
    page.does().onTransfer(blind("bob"));
    caller.does().onTransfer(blind("carol"));
    assertThat(heard).containsExactly("failed REFUSED", "accepted", "failed REFUSED");
  }

  @Test
  void aHoldOfTheTransferorEndsWithIt() {
    connect();
    page.does().onHold(true);
    caller.does().onOfferAnswered("recvonly");
    page.does().onTransfer(blind("bob"));
    bob.does().onAnswered("sdp");
    assertThat(caller.told)
        .containsSubsequence("held", "offer sendonly", "resumed", "talks to sip:bob@ringdown");
    assertThat(media.told).endsWith("release page");
  }

  @Test
  void whoWasTransferredCanBeTransferredAgain() {
    connect();
    page.does().onTransfer(blind("bob"));
    bob.does().onAnswered("sdp");
    found = ImmutableList.of(carol);
    bob.does().onTransfer(blind("carol"));
    carol.does().onAnswered("sdp");
    assertThat(bob.leg.told).containsExactly("end TRANSFERRED");
    assertThat(caller.told).endsWith("talks to sip:carol@ringdown");
    carol.does().onEnded(EndReason.of(Kind.HANGUP, By.CALLEE));
    assertThat(caller.told).endsWith("end HANGUP");
  }

  @Test
  void aCallThatIsNotHereCannotBeTransferredTo() {
    connect();
    page.does().onTransfer(new TransferRequest.Lost(new HeardReport(heard)));
    assertThat(heard).containsExactly("accepted", "failed REFUSED");
  }

  private void connect() {
    session.execute(() -> session.begin("offer", way(ImmutableList.of(page)), media));
    page.does().onAnswered("sdp");
    caller.does().onConfirmed();
  }

  private TransferRequest blind(String to) {
    return new TransferRequest.Blind(to, "", new HeardReport(heard));
  }
}
