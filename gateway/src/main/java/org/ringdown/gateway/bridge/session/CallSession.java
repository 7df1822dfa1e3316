package org.ringdown.gateway.bridge.session;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.leg.CallFacts;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.leg.Party;
import org.ringdown.gateway.bridge.leg.Replacement;
import org.ringdown.gateway.bridge.leg.Seat;
import org.ringdown.gateway.bridge.leg.Verdicts;
import org.ringdown.gateway.bridge.reason.Masked;
import org.ringdown.gateway.bridge.reason.MediaReasons;
import org.ringdown.gateway.bridge.ring.ForkedLeg;
import org.ringdown.gateway.bridge.talk.CallMedia;
import org.ringdown.gateway.bridge.talk.Conversation;
import org.ringdown.gateway.bridge.talk.HeaderGate;
import org.ringdown.gateway.bridge.talk.MediaEvents;
import org.ringdown.gateway.bridge.talk.SideListener;
import org.ringdown.gateway.bridge.talk.Sides;
import org.ringdown.gateway.bridge.transfer.Surrenders;
import org.ringdown.gateway.bridge.transfer.Targets;
import org.ringdown.gateway.bridge.transfer.Transfers;
import org.ringdown.gateway.call.Call;
import org.ringdown.gateway.call.CallCommand;
import org.ringdown.gateway.call.CallEvent;
import org.ringdown.gateway.call.CallState;
import org.ringdown.gateway.call.CallTimers;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.gateway.call.LegSdp;
import org.ringdown.gateway.call.Side;
import org.ringdown.gateway.call.Transition;
import org.ringdown.gateway.media.MediaSession;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.media.leg.MediaListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/**
 * Does what {@link Call} decides: carries its commands out on the legs and the media, and feeds it
 * what they report. Everything of one call runs on its own serial executor, which {@link #execute}
 * leads to; an exception there is a bug of ours and costs this call, never the process.
 */
final class CallSession implements Executor {
  private static final Logger log = LoggerFactory.getLogger(CallSession.class);

  private final CallFacts facts;
  private final Executor serial;
  private final Environment environment;
  private final Call call;
  private final Instant began;
  private final SideListener requests;
  private final Sides sides;
  private final WakeUp wakeUp;
  private final Verdicts verdicts = new Verdicts();
  private @Nullable Instant connected;
  private @Nullable Parts parts;

  CallSession(
      CallFacts facts, Leg caller, Executor serial, CallTimers timers, Environment environment) {
    this.facts = facts;
    this.serial = serial;
    this.environment = environment;
    this.began = environment.clock().instant();
    this.call = new Call(timers, began);
    this.wakeUp = new WakeUp(environment, this::tick);
    this.requests =
        new SideRequests(call, () -> Optional.ofNullable(parts), this::handle, this::passHeaders);
    this.sides = new Sides(this, this::handle, requests);
    sides.seat(Side.CALLER, caller);
  }

  /** What a session needs of the house. */
  record Environment(
      Clock clock,
      Alarm alarm,
      Targets targets,
      HeaderGate headers,
      Consumer<CallSession> onFinished) {}

  /** Wakes the session up later, unless it is cancelled before. */
  interface Alarm {
    Future<?> after(Duration delay, Runnable task);
  }

  CallFacts facts() {
    return facts;
  }

  /** Runs a task in this call's turn, safe from any thread. */
  @Override
  public void execute(Runnable task) {
    serial.execute(() -> guarded(task));
  }

  private void guarded(Runnable task) {
    try (MDC.MDCCloseable ignored = MDC.putCloseable("call", facts.id().value())) {
      task.run();
    } catch (RuntimeException e) {
      log.error("call failed in state {}", call.state(), e);
      handle(new CallEvent.Failed(EndReason.byGateway(Kind.INTERNAL_ERROR, "")));
    }
  }

  /** Begins the call; on the executor, once. */
  void begin(@Nullable String offer, ForkedLeg.Way way, MediaSession media) {
    CallMedia joined = new CallMedia(media, sides.leg(Side.CALLER).media(), offer);
    ForkedLeg callee = new ForkedLeg(way, Side.CALLEE, joined, this, new Callee());
    sides.put(Side.CALLEE, callee);
    Conversation conversation = new Conversation(sides, joined, this::failed);
    Transfers.Talk talk = new Transfers.Talk(sides, joined, conversation);
    Transfers transfers =
        new Transfers(facts.id(), talk, environment.targets(), this, this::handle);
    Surrenders surrenders = new Surrenders(call, talk, this::handle);
    parts = new Parts(callee, joined, conversation, transfers, surrenders);
    log.info("offered from {} to {}", Masked.of(facts.from().uri()), Masked.of(facts.to()));
    handle(new CallEvent.Begun());
  }

  /** Ends the call from outside; safe from any thread. */
  void fail(EndReason reason) {
    execute(() -> handle(new CallEvent.Failed(reason)));
  }

  private void failed(EndReason reason) {
    handle(new CallEvent.Failed(reason));
  }

  /** What the media engine sees; safe from any thread. */
  MediaListener mediaEvents() {
    return new MediaEvents(
        this,
        sides,
        call::state,
        requests,
        this::handle,
        (leg, verdict) -> verdicts.add(environment.clock().instant(), leg, verdict));
  }

  /** The call as it stands; on the executor. */
  ImmutableMap<String, Object> snapshot() {
    ImmutableMap.Builder<String, Object> view =
        ImmutableMap.<String, Object>builder()
            .put("call", facts.id().value())
            .put("from", facts.from().uri())
            .put("to", facts.to())
            .put("state", call.state().name())
            .put("began", began.toString())
            .put("timeline", call.history().stream().map(CallSession::line).toList());
    view.put("verdicts", verdicts.views());
    if (parts != null && call.state() != CallState.ENDED) {
      view.put("media", parts.media().query());
      view.put("reports", parts.conversation().reports());
    }
    return view.buildOrThrow();
  }

  private static String line(Transition step) {
    return step.at() + " " + step.from() + " -> " + step.to() + " " + step.event();
  }

  /** What remains, once the call is over. */
  CallRecord record() {
    EndReason reason = call.endReason().orElseThrow();
    return new CallRecord(facts, began, connected, call.since(), reason, verdicts.views());
  }

  private void handle(CallEvent event) {
    CallState before = call.state();
    ImmutableList<CallCommand> commands = call.handle(event, environment.clock().instant());
    if (call.state() != before) {
      entered(before, event);
    }
    wakeUp.at(call.deadline());
    try {
      for (CallCommand command : commands) {
        perform(command);
      }
    } catch (MediaException e) {
      handle(new CallEvent.Failed(MediaReasons.of(e))); // in place of what was still to be done
    }
  }

  private void entered(CallState before, CallEvent event) {
    log.debug("{} -> {} by {}", before, call.state(), event);
    if (call.state() == CallState.CONNECTED) {
      connected = call.since();
      log.info("answered after {} ms", Duration.between(began, call.since()).toMillis());
      Optional.ofNullable(parts).map(Parts::conversation).ifPresent(Conversation::confirmed);
    }
  }

  private void tick() {
    execute(
        () -> {
          wakeUp.over();
          handle(new CallEvent.Ticked());
        });
  }

  private void perform(CallCommand command) throws MediaException {
    Parts now = parts;
    if (now == null) {
      performWithoutParts(command);
    } else {
      perform(command, now);
    }
  }

  /** A call that ends before it began has but its caller. */
  private void performWithoutParts(CallCommand command) {
    if (command instanceof CallCommand.End end) {
      sides.leg(end.side()).end(end.reason());
    } else if (command instanceof CallCommand.Finish finish) {
      finish(finish.reason());
    }
  }

  private void perform(CallCommand command, Parts now) throws MediaException {
    if (command instanceof CallCommand.Offer) {
      now.callee().offer();
    } else if (command instanceof CallCommand.GiveUp late) {
      now.callee().giveUp(late.reason());
    } else if (command instanceof CallCommand.Alert) {
      sides.leg(Side.CALLER).ring();
    } else if (command instanceof CallCommand.JoinMedia join) {
      now.media().join(join.callee());
    } else if (command instanceof CallCommand.UpdateMedia update) {
      now.media().join(update.callee());
    } else if (command instanceof CallCommand.Progress) {
      sides.leg(Side.CALLER).progress(now.media().textForCaller());
    } else if (command instanceof CallCommand.Answer) {
      answer(now);
    } else if (command instanceof CallCommand.AnswerOffer offer) {
      now.conversation().answerOffer(offer);
    } else if (command instanceof CallCommand.ReplaceOffer replacement) {
      replaceOffer(replacement, now);
    } else if (command instanceof CallCommand.End end) {
      sides.leg(end.side()).end(end.reason());
    } else if (command instanceof CallCommand.ReleaseMedia) {
      now.media().close();
    } else if (command instanceof CallCommand.Finish finish) {
      finish(finish.reason());
    } else {
      perform(command, now.transfers());
    }
  }

  private static void perform(CallCommand command, Transfers transfers) {
    if (command instanceof CallCommand.OfferTarget) {
      transfers.offerTarget();
    } else if (command instanceof CallCommand.Replace replace) {
      transfers.replace(replace.side());
    } else if (command instanceof CallCommand.GiveUpTarget late) {
      transfers.giveUpTarget(late.reason());
    } else if (command instanceof CallCommand.EndTarget end) {
      transfers.endTarget(end.reason());
    } else if (command instanceof CallCommand.TransferFailed failed) {
      transfers.failed(failed.reason());
    } else {
      throw new AssertionError(command);
    }
  }

  private void replaceOffer(CallCommand.ReplaceOffer replacement, Parts now) {
    try {
      now.media().replaceOffer(replacement.offer().sdp());
    } catch (MediaException e) {
      log.debug("refused another first offer: {}", e.getMessage());
      sides.leg(Side.CALLER).refuseOffer(MediaReasons.of(e));
    }
  }

  private void answer(Parts now) {
    Leg caller = sides.leg(Side.CALLER);
    caller.answer(now.media().textForCaller());
    if (!caller.confirmsAnswers()) {
      handle(new CallEvent.Confirmed());
    }
    now.surrenders().answered();
  }

  private void finish(EndReason reason) {
    String status = reason.status() == 0 ? "" : " (" + reason.status() + ")";
    boolean failed = reason.kind().isFailure();
    boolean explained = !reason.text().isEmpty() && (failed || reason.by() == EndReason.By.GATEWAY);
    String why = explained ? ": " + reason.text() : "";
    log.atLevel(failed ? Level.WARN : Level.INFO)
        .log("ended: {} by {}{}{}", reason.kind(), reason.by(), status, why);
    Optional.ofNullable(parts).ifPresent(now -> now.surrenders().over(reason));
    environment.onFinished().accept(this);
  }

  /** What the devices of the callee do until one has answered. */
  private final class Callee implements ForkedLeg.Outcome {
    @Override
    public void attempted(@Nullable Duration ringFor) {
      handle(new CallEvent.Attempted(ringFor));
    }

    @Override
    public void said(Party by, LegRef device, ImmutableMap<String, String> headers) {
      environment.headers().pass(by, device, headers, sides.leg(Side.CALLER));
    }

    @Override
    public void alerted() {
      handle(new CallEvent.Alerted());
    }

    @Override
    public void progressed(LegSdp early) {
      handle(new CallEvent.Progressed(early));
    }

    @Override
    public void answered(Leg winner, LegSdp answer) {
      sides.seat(Side.CALLEE, winner);
      handle(new CallEvent.Answered(answer));
    }

    @Override
    public boolean pickedUp(Replacement by) {
      Leg leg = by.leg();
      try {
        leg.seat().rename("picked-up", CallSession.this, Side.CALLEE);
        String answer =
            Optional.ofNullable(parts).orElseThrow().media().pickUp(leg.media(), by.offer());
        sides.seat(Side.CALLEE, leg);
        leg.answer(answer);
        handle(new CallEvent.PickedUp());
        return true;
      } catch (MediaException e) {
        by.refuse(MediaReasons.of(e));
        return false;
      }
    }

    @Override
    public void refused(EndReason reason) {
      handle(new CallEvent.Ended(Side.CALLEE, reason));
    }
  }

  private void passHeaders(Side from, ImmutableMap<String, String> headers) {
    Seat by = sides.leg(from).seat();
    environment.headers().pass(by.party(), by.media(), headers, sides.leg(from.other()));
  }
}
