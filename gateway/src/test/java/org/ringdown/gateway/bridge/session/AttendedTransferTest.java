package org.ringdown.gateway.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.bridge.leg.CallFacts;
import org.ringdown.gateway.bridge.leg.FakeLeg;
import org.ringdown.gateway.bridge.leg.Replacement;
import org.ringdown.gateway.bridge.leg.Seat;
import org.ringdown.gateway.bridge.leg.TransferRequest;
import org.ringdown.gateway.bridge.ring.Branch;
import org.ringdown.gateway.bridge.ring.ForkedLeg;
import org.ringdown.gateway.bridge.talk.FakeMedia;
import org.ringdown.gateway.bridge.talk.HeaderGate;
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

/**
 * A party with two calls joins those it talks to: the customer's call goes on, the colleague comes
 * over from the other.
 */
final class AttendedTransferTest {
  private final ManualTime time = new ManualTime();
  private final FakeLeg customer = new FakeLeg("customer", Dialect.PLAIN);
  private final FakeBranch desk = new FakeBranch("desk", Dialect.WEBRTC);
  private final FakeMedia media = new FakeMedia();
  private final FakeLeg deskAgain = new FakeLeg("desk", Dialect.WEBRTC);
  private final FakeBranch colleague = new FakeBranch("colleague");
  private final FakeMedia consultationMedia = new FakeMedia();
  private final List<String> heard = new ArrayList<>();
  private final List<CallRecord> records = new ArrayList<>();
  private final List<Runnable> later = new ArrayList<>();
  private boolean isBusy;
  private final CallSession session = session("one", customer);
  private final CallSession consultation = session("two", deskAgain);

  private CallSession session(String id, FakeLeg caller) {
    return new CallSession(
        new CallFacts(new CallId(id), new NameAddress("", "sip:" + id + "@ringdown"), "any"),
        caller,
        task -> {
          if (isBusy) {
            later.add(task);
          } else {
            task.run();
          }
        },
        ManualTime.TIMERS,
        new CallSession.Environment(
            time,
            time::after,
            FakeBranch::nobody,
            new HeaderGate((party, leg) -> HeaderPolicy.NONE),
            over -> records.add(over.record())));
  }

  @Test
  void theTwoOthersAreJoinedAndTheTransferorIsOutOfBothCalls() {
    connect();
    consult();
    desk.does().onTransfer(attended());
    assertThat(heard).containsExactly("accepted", "done");
    assertThat(consultationMedia.told)
        .containsExactly("join colleague", "depart colleague", "close");
    assertThat(media.told)
        .containsExactly("join desk", "join customer with joined-1", "release desk");
    assertThat(desk.leg.told).containsExactly("end TRANSFERRED");
    assertThat(deskAgain.told).endsWith("end TRANSFERRED");
    assertThat(customer.told).endsWith("talks to sip:colleague@ringdown");
    assertThat(colleague.leg.told).containsExactly("talks to sip:customer@ringdown");
    assertThat(records).extracting(record -> record.reason().kind()).containsOnly(Kind.TRANSFERRED);
  }

  @Test
  void whatTheNewcomerDoesConcernsTheCallThatItIsIn() {
    connect();
    consult();
    desk.does().onTransfer(attended());
    colleague.does().onDigits("5", 100, 70);
    assertThat(media.told).endsWith("dtmf 5 to customer");
    colleague.does().onEnded(EndReason.of(Kind.HANGUP, By.CALLER));
    assertThat(customer.told).endsWith("end HANGUP");
    assertThat(records).hasSize(2);
    assertThat(time.pending()).isZero();
  }

  @Test
  void theCallerOfTheConsultationCanComeOverToo() {
    connect();
    consult();
    customer.does().onTransfer(attended(colleague.leg.seat()));
    assertThat(heard).containsExactly("failed FORBIDDEN");
    FakeBranch again = new FakeBranch("customer");
    CallSession third = session("three", new FakeLeg("third", Dialect.PLAIN));
    third.execute(() -> third.begin("offer", way(ImmutableList.of(again)), new FakeMedia()));
    again.does().onAnswered("sdp");
    customer.does().onTransfer(attended(again.leg.seat()));
    assertThat(heard).endsWith("accepted", "done");
    assertThat(again.leg.told).endsWith("end TRANSFERRED");
    assertThat(desk.leg.told).endsWith("talks to sip:third@ringdown");
  }

  @Test
  void withoutACodecInCommonBothCallsStay() {
    connect();
    FakeBranch bad = new FakeBranch("bad codecs");
    ask(bad);
    bad.does().onAnswered("sdp");
    desk.does().onTransfer(attended());
    assertThat(heard).containsExactly("accepted", "failed NOT_ACCEPTABLE_MEDIA");
    assertThat(records).isEmpty();
    bad.does().onDigits("1", 100, 70);
    assertThat(consultationMedia.told).endsWith("dtmf 1 to desk");
    desk.does().onDigits("2", 100, 70);
    assertThat(media.told).endsWith("dtmf 2 to customer");
  }

  @Test
  void aCodecThatIsLostAtTheLastMomentEndsOnlyTheConsultation() {
    connect();
    consult();
    media.arriving = "bad luck";
    desk.does().onTransfer(attended());
    assertThat(heard).containsExactly("accepted", "failed NOT_ACCEPTABLE_MEDIA");
    assertThat(colleague.leg.told).containsExactly("end NOT_ACCEPTABLE_MEDIA");
    assertThat(consultationMedia.told).contains("closed colleague");
    assertThat(desk.leg.told).isEmpty();
    assertThat(customer.told).doesNotContain("end NOT_ACCEPTABLE_MEDIA");
  }

  @Test
  void aColleagueWhoStillRingsIsJoinedWhenItPicksUp() {
    connect();
    ask(colleague);
    colleague.does().onAlerted();
    desk.does().onTransfer(attended());
    assertThat(heard).containsExactly("accepted");
    assertThat(desk.leg.told).isEmpty();
    colleague.does().onAnswered("sdp");
    assertThat(heard).containsExactly("accepted", "done");
    assertThat(customer.told).endsWith("talks to sip:colleague@ringdown");
  }

  @Test
  void aColleagueWhoRefusesLeavesTheFirstCallAsItWas() {
    connect();
    ask(colleague);
    desk.does().onTransfer(attended());
    colleague.does().onEnded(EndReason.of(Kind.BUSY, By.CALLEE));
    assertThat(heard).containsExactly("accepted", "failed BUSY");
    assertThat(desk.leg.told).isEmpty();
    assertThat(deskAgain.told).endsWith("end BUSY");
  }

  @Test
  void aCustomerWhoLeavesBeforeTheColleaguePicksUpEndsNobodyElse() {
    connect();
    ask(colleague);
    desk.does().onTransfer(attended());
    customer.does().onEnded(EndReason.of(Kind.HANGUP, By.CALLER));
    assertThat(heard).containsExactly("accepted", "failed HANGUP");
    colleague.does().onAnswered("sdp");
    assertThat(colleague.leg.told).isEmpty();
    assertThat(deskAgain.told).endsWith("answer answer of colleague");
    assertThat(consultationMedia.told).containsExactly("join colleague");
  }

  @Test
  void whatTheNewcomerDoesOnItsWayIsHeardWhereItArrives() {
    connect();
    consult();
    isBusy = true;
    desk.does().onTransfer(attended());
    catchUp();
    colleague.leg.seat().tell(l -> l.onEnded(EndReason.of(Kind.HANGUP, By.CALLEE)));
    isBusy = false;
    catchUp();
    assertThat(customer.told).containsSubsequence("talks to sip:colleague@ringdown", "end HANGUP");
    assertThat(records).hasSize(2);
  }

  @Test
  void aCustomerWhoLeavesWhileTheColleagueIsOnItsWayEndsIt() {
    connect();
    consult();
    isBusy = true;
    desk.does().onTransfer(attended());
    catchUp();
    isBusy = false;
    customer.does().onEnded(EndReason.of(Kind.HANGUP, By.CALLER));
    catchUp();
    assertThat(colleague.leg.told).containsExactly("end HANGUP");
    assertThat(consultationMedia.told).contains("closed colleague");
    assertThat(records).hasSize(2);
  }

  @Test
  void holdsOfTheTransferorEndInBothCallsAndThoseOfTheOthersGoOn() {
    connect();
    consult();
    desk.does().onHold(true);
    deskAgain.does().onHold(true);
    colleague.does().onHold(true);
    desk.does().onTransfer(attended());
    assertThat(customer.told).containsSubsequence("held", "talks to sip:colleague@ringdown");
    assertThat(customer.told).doesNotContain("resumed");
    assertThat(colleague.leg.told)
        .containsExactly(
            "held",
            "offer sendonly",
            "resumed",
            "offer sendonly",
            "talks to sip:customer@ringdown");
    assertThat(media.told).contains("hold by joined-1");
    colleague.does().onHold(false);
    assertThat(customer.told).endsWith("resumed");
  }

  @Test
  void whoIsInOneCallTwiceCannotJoinItWithItself() {
    connect();
    FakeLeg self = new FakeLeg("desk", Dialect.WEBRTC);
    self.seat().move(desk.leg.seat().place());
    desk.does().onTransfer(attended(self.seat()));
    assertThat(heard).containsExactly("failed REFUSED");
  }

  @Test
  void ofTwoTransfersThatCrossOneIsRefused() {
    connect();
    consult();
    isBusy = true;
    desk.does().onTransfer(attended());
    deskAgain.does().onTransfer(attended(desk.leg.seat()));
    isBusy = false;
    catchUp();
    assertThat(heard).containsExactly("accepted", "accepted", "failed REFUSED", "done");
    assertThat(records).hasSize(1);
    assertThat(colleague.leg.told).containsExactly("talks to sip:customer@ringdown");
  }

  @Test
  void aCallThatIsOverIsNotJoined() {
    connect();
    consult();
    Seat seat = deskAgain.seat();
    colleague.does().onEnded(EndReason.of(Kind.HANGUP, By.CALLEE));
    desk.does().onTransfer(attended(seat));
    assertThat(heard).containsExactly("accepted", "failed REFUSED");
    assertThat(desk.leg.told).isEmpty();
  }

  @Test
  void aLegThatReplacesAnotherTakesItsPlace() {
    connect();
    FakeLeg other = new FakeLeg("desk", Dialect.PLAIN);
    desk.does().onReplaced(new Replacement(other, "offer", false, true));
    assertThat(other.told).containsExactly("answer answer for joined-1");
    assertThat(desk.leg.told).containsExactly("end TRANSFERRED");
    assertThat(customer.told).endsWith("talks to sip:desk@ringdown");
    other.does().onDigits("5", 100, 70);
    assertThat(media.told).endsWith("release desk", "dtmf 5 to customer");
    other.does().onEnded(EndReason.of(Kind.HANGUP, By.CALLEE));
    assertThat(customer.told).endsWith("end HANGUP");
  }

  @Test
  void aLegThatCannotReplaceAnotherLeavesTheCallAsItWas() {
    connect();
    FakeLeg late = new FakeLeg("desk", Dialect.PLAIN);
    desk.does().onReplaced(new Replacement(late, "offer", true, true));
    assertThat(late.told).containsExactly("end BUSY");
    FakeLeg mute = new FakeLeg("desk", Dialect.PLAIN);
    desk.does().onReplaced(new Replacement(mute, "bad offer", false, true));
    assertThat(mute.told).containsExactly("end NOT_ACCEPTABLE_MEDIA");
    FakeLeg stranger = new FakeLeg("stranger", Dialect.PLAIN);
    desk.does().onReplaced(new Replacement(stranger, "offer", false, false));
    assertThat(stranger.told).containsExactly("end FORBIDDEN");
    assertThat(desk.leg.told).isEmpty();
    desk.does().onDigits("2", 100, 70);
    assertThat(media.told).endsWith("dtmf 2 to customer");
  }

  private void connect() {
    session.execute(() -> session.begin("offer", way(ImmutableList.of(desk)), media));
    desk.does().onAnswered("sdp");
    customer.does().onConfirmed();
  }

  private void consult() {
    ask(colleague);
    colleague.does().onAnswered("sdp");
  }

  /** Does what the calls were too busy for. */
  private void catchUp() {
    List<Runnable> tasks = new ArrayList<>(later);
    later.clear();
    tasks.forEach(Runnable::run);
  }

  /** The desk calls somebody else by its other call. */
  private void ask(FakeBranch somebody) {
    consultation.execute(
        () -> consultation.begin("offer", way(ImmutableList.of(somebody)), consultationMedia));
  }

  private static ForkedLeg.Way way(ImmutableList<Branch> devices) {
    return new ForkedLeg.Way(
        new Hunt(new Route.ToUser(new AddressOfRecord("any"))),
        step -> devices,
        (by, uri) -> ImmutableList.of());
  }

  private TransferRequest attended() {
    return attended(deskAgain.seat());
  }

  private TransferRequest attended(Seat own) {
    return new TransferRequest.Attended(own, new HeardReport(heard));
  }
}
