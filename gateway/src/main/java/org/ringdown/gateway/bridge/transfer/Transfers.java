package org.ringdown.gateway.bridge.transfer;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.leg.CallFacts;
import org.ringdown.gateway.bridge.leg.FarEnd;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.leg.LegListener;
import org.ringdown.gateway.bridge.leg.Party;
import org.ringdown.gateway.bridge.leg.Passed;
import org.ringdown.gateway.bridge.leg.Replacement;
import org.ringdown.gateway.bridge.leg.Seat;
import org.ringdown.gateway.bridge.leg.TransferReport;
import org.ringdown.gateway.bridge.leg.TransferRequest;
import org.ringdown.gateway.bridge.reason.Masked;
import org.ringdown.gateway.bridge.reason.TransferReasons;
import org.ringdown.gateway.bridge.talk.CallMedia;
import org.ringdown.gateway.bridge.talk.Conversation;
import org.ringdown.gateway.bridge.talk.Newcomer;
import org.ringdown.gateway.bridge.talk.Sides;
import org.ringdown.gateway.call.CallEvent;
import org.ringdown.gateway.call.CallId;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.gateway.call.Side;
import org.ringdown.gateway.routing.Origin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transfers of one call, one at a time. A side that wants the other to talk to somebody else
 * keeps its place until that one has picked up and the media have been joined; then it is let go.
 * The other side is not asked and not renegotiated, unless it is at a place that does transfers by
 * itself. Belongs to the call's executor.
 */
public final class Transfers {
  private static final Logger log = LoggerFactory.getLogger(Transfers.class);

  private static final EndReason NOT_YOURS =
      EndReason.byGateway(Kind.FORBIDDEN, "The other call is somebody else's.");

  private static final EndReason ONE_CALL =
      new EndReason(Kind.REFUSED, EndReason.By.GATEWAY, 400, 0, "The two calls are one.");

  private final CallId id;
  private final Talk talk;
  private final Targets targets;
  private final Executor call;
  private final Consumer<CallEvent> events;
  private @Nullable Pending pending;
  private @Nullable Newcomer winner;
  private int count;

  /** The transfer under way. */
  private record Pending(Target target, TransferReport report) {}

  /** The two sides, and what is between them. */
  public record Talk(Sides sides, CallMedia media, Conversation conversation) {}

  /**
   * No transfer yet.
   *
   * @param call runs what targets do
   * @param events hears what comes of them
   */
  public Transfers(
      CallId id, Talk talk, Targets targets, Executor call, Consumer<CallEvent> events) {
    this.id = id;
    this.talk = talk;
    this.targets = targets;
    this.call = call;
    this.events = events;
  }

  /** A side of an answered call without another transfer wants one. */
  public void ask(Side by, TransferRequest request) {
    if (request instanceof TransferRequest.Blind blind) {
      call(by, blind);
    } else if (request instanceof TransferRequest.Attended attended) {
      claim(by, attended);
    } else if (request instanceof TransferRequest.Lost lost) {
      lost.report().accepted();
      lost.report().failed(TransferReasons.LOST);
    } else {
      throw new AssertionError(request);
    }
  }

  private void call(Side by, TransferRequest.Blind request) {
    TransferReport report = request.report();
    Party transferor = talk.sides().party(by);
    Party stays = talk.sides().party(by.other());
    Passed passed = Passed.referred(referredBy(transferor, request), request.replaces());
    CallFacts facts = new CallFacts(id, stays.name(), request.to(), passed);
    Targets.Found found = targets.find(transferor, facts, stays, "target-" + ++count);
    if (found instanceof Targets.Found.Somebody somebody) {
      var progress = new CalledTarget.Progress(report, this::joined, events);
      Target called = new CalledTarget(somebody.way(), by, talk, call, progress);
      begin(by, handedOver(by, somebody.there(), called, report), report);
    } else if (found instanceof Targets.Found.Refused refused) {
      log.debug("no transfer to {}: {}", Masked.of(request.to()), refused.reason().kind());
      report.failed(refused.reason());
    } else {
      throw new AssertionError(found);
    }
  }

  /** The same target, called by the side that stays if that is wanted. */
  private Target handedOver(
      Side by, Targets.@Nullable There there, Target called, TransferReport report) {
    if (there == null) {
      return called;
    }
    var asking =
        new HandedOver.Asking(
            known -> known.accept(Optional.of(there.address())), there.onlyIfAble());
    var outcome = new HandedOver.Outcome(report, () -> {}, events);
    return new HandedOver(talk.sides().leg(by.other()), asking, called, call, outcome);
  }

  /** Joins the side across with that of another call of the same party's. */
  private void claim(Side by, TransferRequest.Attended request) {
    Seat consultation = request.own();
    if (!consultation.party().origin().equals(talk.sides().party(by).origin())) {
      request.report().failed(NOT_YOURS);
    } else if (consultation.place().call() == call) {
      request.report().failed(ONE_CALL);
    } else {
      var outcome = new ConsultedTarget.Outcome(this::joined, events);
      String name = "joined-" + ++count;
      Target claimed = new ConsultedTarget(consultation, by, name, talk, call, outcome);
      TransferReport report = request.report();
      begin(by, handedOver(by, consultation, claimed, report), report);
    }
  }

  /** The same target, to which the side that stays is sent, if both are at one place for that. */
  private Target handedOver(Side by, Seat consultation, Target claimed, TransferReport report) {
    Leg stays = talk.sides().leg(by.other());
    Origin place = stays.seat().party().origin();
    Targets.Handing handing = targets.handing(place);
    if (handing == Targets.Handing.NEVER) {
      return claimed;
    }
    var asking =
        new HandedOver.Asking(
            known ->
                consultation.tell(listener -> listener.onFarEndAsked(new FarEnd(place, known))),
            handing == Targets.Handing.IF_ABLE);
    Runnable gone = () -> consultation.tell(LegListener::onFarEndGone);
    var outcome = new HandedOver.Outcome(report, gone, events);
    return new HandedOver(stays, asking, claimed, call, outcome);
  }

  /** Tells another call where a side's leg is. */
  public void locate(Side side, FarEnd asked) {
    asked.is(talk.sides().leg(side));
  }

  /** A new leg wants to take a side's place. */
  public void replace(Side by, Replacement replacement) {
    var outcome = new ConsultedTarget.Outcome(this::joined, events);
    String name = "joined-" + ++count;
    Target target = new ReplacingTarget(replacement, by, name, talk, call, outcome);
    begin(by, target, new TransferReport() {});
  }

  /** The target learns who sent the other side to it (RFC 3892). */
  private static String referredBy(Party transferor, TransferRequest.Blind request) {
    String said = request.referredBy();
    return said.isEmpty() ? "<" + transferor.shown().uri() + ">" : said;
  }

  private void begin(Side by, Target target, TransferReport report) {
    log.debug("{} transfers the call", by);
    pending = new Pending(target, report);
    report.accepted();
    events.accept(new CallEvent.TransferBegun(by));
  }

  /** Calls the target. */
  public void offerTarget() {
    current().target().offer();
  }

  /** The target's media have been joined with those of the side that stays. */
  private void joined(Newcomer newcomer) {
    winner = newcomer;
    current().report().done();
    events.accept(new CallEvent.TargetAnswered());
  }

  /** The target takes the seat of a side, which has been let go. */
  public void replace(Side side) {
    Newcomer newcomer = Optional.ofNullable(winner).orElseThrow();
    Leg leg = newcomer.leg();
    Leg stays = talk.sides().leg(side.other());
    winner = null;
    pending = null;
    talk.media().release(talk.sides().leg(side).media());
    talk.sides().seat(side, leg);
    talk.conversation().replaced(side, newcomer);
    stays.transferredTo(leg.seat().party());
    if (newcomer.past().isConsulted()) {
      leg.transferredTo(stays.seat().party());
    }
  }

  /** Those of the target who ring now have had their time. */
  public void giveUpTarget(EndReason reason) {
    current().target().giveUp(reason);
  }

  /** The target is not wanted any more. */
  public void endTarget(EndReason reason) {
    current().target().end(reason);
  }

  /** The transfer came to nothing. */
  public void failed(EndReason reason) {
    TransferReport report = current().report();
    pending = null;
    report.failed(reason);
  }

  private Pending current() {
    return Optional.ofNullable(pending).orElseThrow();
  }
}
