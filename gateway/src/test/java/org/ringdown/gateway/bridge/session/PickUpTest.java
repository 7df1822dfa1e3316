package org.ringdown.gateway.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.bridge.leg.CallFacts;
import org.ringdown.gateway.bridge.leg.FakeLeg;
import org.ringdown.gateway.bridge.leg.LegListener;
import org.ringdown.gateway.bridge.leg.Replacement;
import org.ringdown.gateway.bridge.leg.TransferReport;
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

/** A call that rings, taken by somebody who calls in for it (RFC 3891 section 3). */
final class PickUpTest {
  private final FakeLeg caller = new FakeLeg("caller", Dialect.PLAIN);
  private final FakeBranch desk = new FakeBranch("desk");
  private final FakeBranch page = new FakeBranch("page", Dialect.WEBRTC);
  private final FakeBranch target = new FakeBranch("target");
  private final FakeLeg colleague = new FakeLeg("colleague", Dialect.PLAIN);
  private final FakeMedia media = new FakeMedia();
  private final ManualTime time = new ManualTime();
  private final List<CallRecord> records = new ArrayList<>();
  private final CallSession session =
      new CallSession(
          new CallFacts(new CallId("call"), new NameAddress("A", "sip:caller@ringdown"), "desk"),
          caller,
          Runnable::run,
          ManualTime.TIMERS,
          new CallSession.Environment(
              time,
              time::after,
              (by, facts, stays, prefix) ->
                  new Targets.Found.Somebody(way(ImmutableList.of(target)), null),
              new HeaderGate((party, leg) -> HeaderPolicy.NONE),
              over -> records.add(over.record())));

  private static ForkedLeg.Way way(ImmutableList<Branch> devices) {
    return new ForkedLeg.Way(
        new Hunt(new Route.ToUser(new AddressOfRecord("desk"))),
        step -> devices,
        (by, uri) -> ImmutableList.of());
  }

  private void ring() {
    session.begin("offer", way(ImmutableList.of(desk, page)), media);
    desk.does().onAlerted();
  }

  private Replacement by(FakeLeg leg, String offer) {
    return new Replacement(leg, offer, true, false);
  }

  @Test
  void theRestLearnsThatTheCallWasAnsweredElsewhere() {
    ring();
    desk.does().onReplaced(by(colleague, "offer"));
    assertThat(colleague.told).containsExactly("answer answer for picked-up");
    assertThat(caller.told).containsExactly("ring", "answer answer of picked-up");
    assertThat(desk.leg.told).containsExactly("end ANSWERED_ELSEWHERE");
    assertThat(page.leg.told).containsExactly("end ANSWERED_ELSEWHERE");
    assertThat(media.told).containsExactly("join picked-up", "release desk", "release page");
    colleague.does().onConfirmed();
    caller.does().onConfirmed();
    colleague.does().onDigits("5", 100, 70);
    assertThat(caller.told).endsWith("digit 5");
    colleague.does().onEnded(EndReason.of(Kind.HANGUP, By.CALLEE));
    assertThat(caller.told).endsWith("end HANGUP");
    assertThat(records).hasSize(1);
  }

  @Test
  void whoHasNoCodecInCommonIsRefusedAndAllRingOn() {
    ring();
    desk.does().onReplaced(by(colleague, "bad offer"));
    assertThat(colleague.told).containsExactly("end NOT_ACCEPTABLE_MEDIA");
    page.does().onAnswered("sdp");
    assertThat(caller.told).endsWith("answer answer of page");
    assertThat(desk.leg.told).containsExactly("end ANSWERED_ELSEWHERE");
  }

  @Test
  void whoComesTooLateIsRefused() {
    ring();
    LegListener ringing = desk.does();
    page.does().onAnswered("sdp");
    ringing.onReplaced(by(colleague, "offer"));
    assertThat(colleague.told).containsExactly("end REFUSED");
    assertThat(media.told).doesNotContain("join picked-up");
  }

  @Test
  void theCallersOwnEarlyDialogIsNotToBeReplaced() {
    ring();
    caller.does().onReplaced(new Replacement(colleague, "offer", false, true));
    assertThat(colleague.told).containsExactly("end REFUSED");
    assertThat(desk.leg.told).isEmpty();
  }

  @Test
  void theTargetOfATransferCanBePickedUpToo() {
    ring();
    desk.does().onAnswered("sdp");
    caller.does().onConfirmed();
    desk.does().onTransfer(new TransferRequest.Blind("target", "", new TransferReport() {}));
    target.does().onAlerted();
    target.does().onReplaced(by(colleague, "offer"));
    assertThat(colleague.told).contains("answer answer for picked-up");
    assertThat(target.leg.told).containsExactly("end ANSWERED_ELSEWHERE");
    assertThat(desk.leg.told).containsExactly("end TRANSFERRED");
    assertThat(caller.told).endsWith("talks to sip:colleague@ringdown");
  }
}
