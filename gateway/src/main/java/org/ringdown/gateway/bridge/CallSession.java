package org.ringdown.gateway.bridge;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
import org.ringdown.gateway.media.MediaException;
import org.ringdown.gateway.media.MediaSession;
import org.ringdown.gateway.media.MediaSession.LegRef;
import org.ringdown.gateway.routing.Hunt;
import org.ringdown.gateway.routing.Route;
import org.ringdown.gateway.routing.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Does what {@link Call} decides: carries its commands out on the legs and the media, and feeds it
 * what they report. Everything of one call runs on its own serial executor, which {@link #execute}
 * leads to; an exception there is a bug of ours and costs this call, never the process.
 */
final class CallSession implements Executor {
  private static final Logger log = LoggerFactory.getLogger(CallSession.class);

  private final CallFacts facts;
  private final Leg caller;
  private final Executor serial;
  private final Environment environment;
  private final Call call;
  private final Instant began;
  private final SideListener requests = new SideRequests();
  private @Nullable Instant connected;
  private @Nullable Parts parts;
  private @Nullable Future<?> wakeUp;
  private @Nullable Instant wakeUpAt;

  CallSession(
      CallFacts facts, Leg caller, Executor serial, CallTimers timers, Environment environment) {
    this.facts = facts;
    this.caller = caller;
    this.serial = serial;
    this.environment = environment;
    this.began = environment.clock().instant();
    this.call = new Call(timers, began);
  }

  /** What a session needs of the house. */
  record Environment(Clock clock, Alarm alarm, Consumer<CallSession> onFinished) {}

  /** The callee and what joins it with the caller: there once the call has begun. */
  private record Parts(ForkedLeg callee, CallMedia media, Conversation conversation) {}

  private Leg leg(Side side, Parts now) {
    return side == Side.CALLER ? caller : now.callee();
  }

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
  void begin(
      @Nullable String offer,
      Hunt hunt,
      Function<Step<Route>, ImmutableList<Branch>> devices,
      MediaSession media) {
    CallMedia joined = new CallMedia(media, caller.media(), offer);
    ForkedLeg callee = new ForkedLeg(hunt, devices, joined, this::handle, requests);
    parts = new Parts(callee, joined, new Conversation(caller, callee, joined, this::failed));
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

  /** What the calling leg does on its own. */
  LegListener callerEvents() {
    return new CallerListener();
  }

  /** What the media engine sees; safe from any thread. */
  MediaSession.Listener mediaEvents() {
    return new MediaListener();
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
    return new CallRecord(facts, began, connected, call.since(), reason);
  }

  private void handle(CallEvent event) {
    CallState before = call.state();
    ImmutableList<CallCommand> commands = call.handle(event, environment.clock().instant());
    if (call.state() != before) {
      entered(before, event);
    }
    rearm();
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

  /** One wake-up, for the deadline that the call has now. */
  private void rearm() {
    Instant deadline = call.deadline().orElse(null);
    if (Objects.equals(deadline, wakeUpAt)) {
      return;
    }
    wakeUpAt = deadline;
    if (wakeUp != null) {
      wakeUp.cancel(false);
      wakeUp = null;
    }
    call.deadline()
        .ifPresent(
            due -> {
              Duration delay = Duration.between(environment.clock().instant(), due);
              wakeUp = environment.alarm().after(delay, this::tick);
            });
  }

  private void tick() {
    execute(
        () -> {
          wakeUpAt = null;
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
      caller.end(end.reason());
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
      caller.ring();
    } else if (command instanceof CallCommand.JoinMedia join) {
      now.media().join(join.callee());
    } else if (command instanceof CallCommand.UpdateMedia update) {
      now.media().join(update.callee());
    } else if (command instanceof CallCommand.Progress) {
      caller.progress(now.media().textForCaller());
    } else if (command instanceof CallCommand.Answer) {
      answer(now);
    } else if (command instanceof CallCommand.AnswerOffer offer) {
      now.conversation().answerOffer(offer);
    } else if (command instanceof CallCommand.ReplaceOffer replacement) {
      replaceOffer(replacement, now);
    } else if (command instanceof CallCommand.End end) {
      leg(end.side(), now).end(end.reason());
    } else if (command instanceof CallCommand.ReleaseMedia) {
      now.media().close();
    } else if (command instanceof CallCommand.Finish finish) {
      finish(finish.reason());
    } else {
      throw new AssertionError(command);
    }
  }

  private void replaceOffer(CallCommand.ReplaceOffer replacement, Parts now) {
    try {
      now.media().replaceOffer(replacement.offer().sdp());
    } catch (MediaException e) {
      log.debug("refused another first offer: {}", e.getMessage());
      caller.refuseOffer(MediaReasons.of(e));
    }
  }

  private void answer(Parts now) {
    caller.answer(now.media().textForCaller());
    if (!caller.confirmsAnswers()) {
      handle(new CallEvent.Confirmed());
    }
  }

  private void finish(EndReason reason) {
    if (reason.kind().isFailure()) {
      log.warn("ended: {} {}", reason.kind(), reason.text());
    } else {
      log.info("ended: {} by {}", reason.kind(), reason.by());
    }
    environment.onFinished().accept(this);
  }

  private final class CallerListener implements LegListener {
    @Override
    public void onConfirmed() {
      handle(new CallEvent.Confirmed());
    }

    @Override
    public void onOffer(String sdp) {
      handle(new CallEvent.Reoffered(Side.CALLER, new LegSdp(caller.media().name(), sdp)));
    }

    @Override
    public void onDigits(String digits, int durationMs, int gapMs) {
      requests.onDigits(Side.CALLER, digits, durationMs, gapMs);
    }

    @Override
    public void onHold(boolean holds) {
      requests.onHold(Side.CALLER, holds);
    }

    @Override
    public void onStats(ImmutableMap<String, Object> report) {
      requests.onStats(Side.CALLER, report);
    }

    @Override
    public void onOfferAsked() {
      requests.onOfferAsked(Side.CALLER);
    }

    @Override
    public void onOfferAnswered(@Nullable String sdp) {
      requests.onOfferAnswered(Side.CALLER, sdp);
    }

    @Override
    public void onEnded(EndReason reason) {
      handle(new CallEvent.Ended(Side.CALLER, reason));
    }
  }

  /** Lets the conversation hear what comes in its time. */
  private final class SideRequests implements SideListener {
    @Override
    public void onDigits(Side from, String digits, int durationMs, int gapMs) {
      conversation(CallState.EARLY)
          .ifPresent(talk -> talk.onDigits(from, digits, durationMs, gapMs));
    }

    @Override
    public void onHold(Side by, boolean holds) {
      conversation(CallState.ANSWERED).ifPresent(talk -> talk.onHold(by, holds));
    }

    @Override
    public void onStats(Side by, ImmutableMap<String, Object> report) {
      conversation(CallState.EARLY).ifPresent(talk -> talk.onStats(by, report));
    }

    @Override
    public void onOfferAsked(Side by) {
      conversation(CallState.ANSWERED).ifPresent(talk -> talk.onOfferAsked(by));
    }

    @Override
    public void onOfferAnswered(Side by, @Nullable String sdp) {
      conversation(CallState.EARLY).ifPresent(talk -> talk.onOfferAnswered(by, sdp));
    }

    private Optional<Conversation> conversation(CallState earliest) {
      CallState state = call.state();
      return state == CallState.ENDED || state.compareTo(earliest) < 0
          ? Optional.empty()
          : Optional.ofNullable(parts).map(Parts::conversation);
    }
  }

  private final class MediaListener implements MediaSession.Listener {
    @Override
    public void onMedia(
        LegRef leg, MediaSession.MediaState state, ImmutableMap<String, Object> evidence) {
      execute(() -> MediaNews.of(leg, state, evidence).ifPresent(CallSession.this::tell));
    }

    @Override
    public void onDigit(LegRef leg, char digit, int durationMs) {
      execute(
          () -> {
            if (parts != null && call.state().compareTo(CallState.EARLY) >= 0) {
              parts.conversation().heardDigit(sideOf(leg), digit, durationMs);
            }
          });
    }
  }

  private Side sideOf(LegRef leg) {
    return caller.media().equals(leg) ? Side.CALLER : Side.CALLEE;
  }

  private void tell(MediaNews news) {
    if (parts == null || call.state() == CallState.ENDED) {
      return;
    }
    Side side = sideOf(news.leg());
    if (news.failure() != null) {
      handle(new CallEvent.Failed(news.failure()));
    } else if (news.forBoth()) {
      caller.media(news.state(), news.evidence());
      parts.callee().media(news.state(), news.evidence());
    } else {
      leg(side, parts).media(news.state(), news.evidence());
    }
  }
}
