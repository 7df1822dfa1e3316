package org.ringdown.gateway.call;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.EvictingQueue;
import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call as a state machine: events and the time in, commands out.
 *
 * <pre>
 *            Alerted          Progressed          Answered          Confirmed
 *   TRYING ----------> RINGING ----------> EARLY ----------> ANSWERED ----------> CONNECTED
 *      |                  |                  |                   |                    |
 *      +------------------+---- Ended, Failed, deadline ---------+--------------------+--> ENDED
 * </pre>
 *
 * <p>Once answered, a side may give its place to a target: {@code TransferBegun} offers the call to
 * it, {@code TargetAnswered} puts it in, {@code TargetEnded} leaves all as it was. The state stays.
 * {@code TransferredAway} ends the call: its other side has gone to the target by itself. If the
 * transferor leaves before that, the other side waits for the target alone.
 *
 * <p>RINGING and EARLY may be skipped. An event that does not fit the state is ignored: the two
 * sides run on their own and messages cross. Whatever comes, each leg is let go exactly once (it
 * ended itself, gets one {@code End} or {@code EndTarget}, or was surrendered), media are joined at
 * most once and released exactly once, {@code Finish} comes once and last, and letting {@link
 * #deadline} pass ends the call, the second time if the callee's leg may have somebody else to
 * call, after a transfer that goes on then has come to its end.
 *
 * <p>Not thread-safe: belongs to its call's executor.
 */
public final class Call {
  private static final int HISTORY = 64;

  private final CallTimers timers;
  private final EvictingQueue<Transition> history = EvictingQueue.create(HISTORY);
  private final EnumSet<Side> open = EnumSet.of(Side.CALLER);
  private final Patience patience;
  private CallState state = CallState.TRYING;
  private Instant since;
  private boolean attempting;
  private boolean begun;
  private boolean alerted;
  private boolean joined;
  private @Nullable Transfer transfer;
  private @Nullable EndReason endReason;

  /** A call that has not begun; its set-up time runs from {@code now}. */
  public Call(CallTimers timers, Instant now) {
    this.timers = timers;
    this.since = now;
    this.patience = new Patience(timers, now);
  }

  /** Where the call stands. */
  public CallState state() {
    return state;
  }

  /** When it came there. */
  public Instant since() {
    return since;
  }

  /** Why it is over; empty as long as it is not. */
  public Optional<EndReason> endReason() {
    return Optional.ofNullable(endReason);
  }

  /** The last changes of state, oldest first, at most 64. */
  public ImmutableList<Transition> history() {
    return ImmutableList.copyOf(history);
  }

  /** When {@link CallEvent.Ticked} is due at the latest; empty once the call is over. */
  public Optional<Instant> deadline() {
    if (state == CallState.ENDED) {
      return Optional.empty();
    }
    Instant due =
        switch (state) {
          case TRYING, RINGING, EARLY -> patience.end();
          case ANSWERED -> since.plus(timers.confirm());
          case CONNECTED, ENDED -> since.plus(timers.talk());
        };
    return Optional.of(transfer == null ? due : Collections.min(List.of(due, transfer.due())));
  }

  /** Whether {@link CallEvent.TransferBegun} and {@link CallEvent.Surrendered} fit now. */
  public boolean mayTransfer() {
    return isAnswered() && transfer == null && open.size() == Side.values().length;
  }

  /**
   * Takes one event.
   *
   * @param now the time, not before that of the last event
   * @return what to do, in this order; empty if the event changes nothing
   */
  public ImmutableList<CallCommand> handle(CallEvent event, Instant now) {
    if (state == CallState.ENDED) {
      return ImmutableList.of();
    }
    List<CallCommand> commands = new ArrayList<>();
    dispatch(event, now, commands);
    return ImmutableList.copyOf(commands);
  }

  private void dispatch(CallEvent event, Instant now, List<CallCommand> out) {
    if (event instanceof CallEvent.Begun) {
      begin(now, out);
    } else if (event instanceof CallEvent.Attempted attempt) {
      attempted(attempt, now);
    } else if (event instanceof CallEvent.Alerted) {
      alerted(event, now, out);
    } else if (event instanceof CallEvent.Progressed progressed) {
      progressed(progressed, now, out);
    } else if (event instanceof CallEvent.Answered answered) {
      answered(answered, now, out);
    } else if (event instanceof CallEvent.PickedUp) {
      pickedUp(event, now, out);
    } else if (event instanceof CallEvent.Confirmed) {
      confirmed(event, now);
    } else if (event instanceof CallEvent.Reoffered reoffered) {
      reoffered(reoffered, out);
    } else if (event instanceof CallEvent.TransferBegun begun) {
      transferBegun(begun, now, out);
    } else if (event instanceof CallEvent.TargetAttempted attempt) {
      targetAttempted(attempt, now);
    } else if (event instanceof CallEvent.TargetAnswered) {
      targetAnswered(out);
    } else if (event instanceof CallEvent.TransferredAway) {
      transferredAway(event, now, out);
    } else if (event instanceof CallEvent.TargetEnded ended) {
      targetEnded(event, ended.reason(), now, out);
    } else if (event instanceof CallEvent.Surrendered surrendered) {
      surrendered(surrendered, now, out);
    } else if (event instanceof CallEvent.Ended ended) {
      ended(ended, now, out);
    } else if (event instanceof CallEvent.Failed failed) {
      end(event, failed.reason(), now, out);
    } else if (event instanceof CallEvent.Ticked) {
      ticked(event, now, out);
    } else {
      throw new AssertionError(event);
    }
  }

  private void begin(Instant now, List<CallCommand> out) {
    if (begun) {
      return;
    }
    begun = true;
    patience.begin(now, null);
    open.add(Side.CALLEE);
    out.add(new CallCommand.Offer());
  }

  private void attempted(CallEvent.Attempted event, Instant now) {
    if (!begun || isAnswered()) {
      return;
    }
    patience.begin(now, event.ringFor());
    attempting = true;
    history.add(new Transition(now, state, state, event));
  }

  private void alerted(CallEvent event, Instant now, List<CallCommand> out) {
    if (!begun || isAnswered()) {
      return;
    }
    patience.sign(now);
    if (alerted) {
      return;
    }
    alerted = true;
    if (state == CallState.TRYING) {
      enter(CallState.RINGING, event, now);
    }
    out.add(new CallCommand.Alert());
  }

  private void progressed(CallEvent.Progressed event, Instant now, List<CallCommand> out) {
    if (!begun || isAnswered()) {
      return;
    }
    patience.sign(now);
    join(event.early(), out);
    if (state != CallState.EARLY) {
      enter(CallState.EARLY, event, now);
      out.add(new CallCommand.Progress());
    }
  }

  private void answered(CallEvent.Answered event, Instant now, List<CallCommand> out) {
    if (!begun || isAnswered()) {
      return;
    }
    join(event.answer(), out);
    enter(CallState.ANSWERED, event, now);
    out.add(new CallCommand.Answer());
  }

  private void pickedUp(CallEvent event, Instant now, List<CallCommand> out) {
    if (begun && !isAnswered()) {
      joined = true;
      enter(CallState.ANSWERED, event, now);
      out.add(new CallCommand.Answer());
    }
  }

  private void join(LegSdp callee, List<CallCommand> out) {
    out.add(joined ? new CallCommand.UpdateMedia(callee) : new CallCommand.JoinMedia(callee));
    joined = true;
  }

  private void confirmed(CallEvent event, Instant now) {
    if (state == CallState.ANSWERED) {
      enter(CallState.CONNECTED, event, now);
    }
  }

  private void reoffered(CallEvent.Reoffered event, List<CallCommand> out) {
    if (joined) {
      out.add(new CallCommand.AnswerOffer(event.side(), event.offer()));
    } else if (begun && event.side() == Side.CALLER) {
      out.add(new CallCommand.ReplaceOffer(event.offer()));
    }
  }

  private void transferBegun(CallEvent.TransferBegun event, Instant now, List<CallCommand> out) {
    if (mayTransfer()) {
      transfer = new Transfer(event.by(), timers, now);
      out.add(new CallCommand.OfferTarget());
    }
  }

  private void targetAttempted(CallEvent.TargetAttempted event, Instant now) {
    if (transfer != null) {
      transfer.attempted(now, event.ringFor());
    }
  }

  private void targetAnswered(List<CallCommand> out) {
    if (transfer == null) {
      return;
    }
    Side by = transfer.by();
    transfer = null;
    if (!open.add(by)) {
      out.add(new CallCommand.End(by, transferredBy(by)));
    }
    out.add(new CallCommand.Replace(by));
  }

  /** The target's leg has never been one of ours: nothing of it is left to end. */
  private void transferredAway(CallEvent event, Instant now, List<CallCommand> out) {
    if (transfer != null) {
      Side by = transfer.by();
      transfer = null;
      end(event, transferredBy(by), now, out);
    }
  }

  private void targetEnded(CallEvent event, EndReason reason, Instant now, List<CallCommand> out) {
    if (transfer == null) {
      return;
    }
    boolean isTransferorThere = open.contains(transfer.by());
    transfer = null;
    if (isTransferorThere) {
      out.add(new CallCommand.TransferFailed(reason));
    } else {
      end(event, reason, now, out);
    }
  }

  private void surrendered(CallEvent.Surrendered event, Instant now, List<CallCommand> out) {
    if (mayTransfer() && open.remove(event.side())) {
      end(event, transferredBy(event.side().other()), now, out);
    }
  }

  private static EndReason transferredBy(Side side) {
    return EndReason.of(EndReason.Kind.TRANSFERRED, EndReason.By.of(side));
  }

  private void ended(CallEvent.Ended event, Instant now, List<CallCommand> out) {
    if (!open.remove(event.side())) {
      return;
    }
    boolean isAwaited = transfer != null && transfer.by() == event.side() && !open.isEmpty();
    if (!isAwaited) {
      end(event, namedForItsTime(event), now, out);
    }
  }

  /** To hang up before the answer is to cancel, for the caller, and to decline, for the callee. */
  private EndReason namedForItsTime(CallEvent.Ended event) {
    EndReason reason = event.reason();
    if (isAnswered() || reason.kind() != EndReason.Kind.HANGUP) {
      return reason;
    }
    return reason.as(
        event.side() == Side.CALLER ? EndReason.Kind.CANCELLED : EndReason.Kind.DECLINED);
  }

  private void ticked(CallEvent event, Instant now, List<CallCommand> out) {
    if (transfer != null && !now.isBefore(transfer.due())) {
      targetIsLate(transfer, event, now, out);
    }
    if (deadline().filter(now::isBefore).isPresent() || state == CallState.ENDED) {
      return;
    }
    if (attempting && !isAnswered()) {
      out.add(new CallCommand.GiveUp(lateness()));
      attempting = false; // A callee's leg that does not go on now is not asked twice.
      patience.begin(now, null);
    } else {
      end(event, lateness(), now, out);
    }
  }

  private void targetIsLate(Transfer pending, CallEvent event, Instant now, List<CallCommand> out) {
    EndReason unanswered = EndReason.byGateway(EndReason.Kind.NO_ANSWER, "");
    if (pending.givesWay(now)) {
      out.add(new CallCommand.GiveUpTarget(unanswered));
    } else {
      out.add(new CallCommand.EndTarget(unanswered));
      targetEnded(event, unanswered, now, out);
    }
  }

  private EndReason lateness() {
    return switch (state) {
      case TRYING, RINGING, EARLY ->
          patience.hasSign()
              ? EndReason.byGateway(EndReason.Kind.NO_ANSWER, "")
              : EndReason.byGateway(EndReason.Kind.TIMEOUT, "The called device did not respond.");
      case ANSWERED ->
          EndReason.byGateway(EndReason.Kind.TIMEOUT, "The caller did not confirm the answer.");
      case CONNECTED, ENDED ->
          EndReason.byGateway(EndReason.Kind.HANGUP, "The longest permitted call is over.");
    };
  }

  private void end(CallEvent event, EndReason reason, Instant now, List<CallCommand> out) {
    if (transfer != null) {
      out.add(new CallCommand.EndTarget(reason));
      if (open.contains(transfer.by())) {
        out.add(new CallCommand.TransferFailed(reason));
      }
      transfer = null;
    }
    for (Side side : Side.values()) {
      if (open.remove(side)) {
        out.add(new CallCommand.End(side, reason));
      }
    }
    endReason = reason;
    enter(CallState.ENDED, event, now);
    out.add(new CallCommand.ReleaseMedia());
    out.add(new CallCommand.Finish(reason));
  }

  private boolean isAnswered() {
    return state.compareTo(CallState.ANSWERED) >= 0;
  }

  /** The one place where the state changes. */
  private void enter(CallState next, CallEvent event, Instant now) {
    checkState(next.compareTo(state) > 0, "%s after %s", next, state);
    history.add(new Transition(now, state, next, event));
    state = next;
    since = now;
  }
}
