package org.ringdown.gateway.call;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What can happen to a call. */
public sealed interface CallEvent {
  /** The caller has offered the call and the callee's leg is ready to be offered it. */
  record Begun() implements CallEvent {}

  /**
   * The callee's leg calls somebody: the first, or the next where the one before did not answer.
   *
   * @param ringFor how long at most; null for as long as calls usually ring
   */
  record Attempted(@Nullable Duration ringFor) implements CallEvent {}

  /** A device of the callee alerts. */
  record Alerted() implements CallEvent {}

  /** The callee sends media before answering. */
  record Progressed(LegSdp early) implements CallEvent {}

  /** The callee picked up. */
  record Answered(LegSdp answer) implements CallEvent {}

  /** Somebody has taken the call where it rang, and the media are joined. */
  record PickedUp() implements CallEvent {}

  /** The caller knows of the answer. */
  record Confirmed() implements CallEvent {}

  /**
   * A side offers new media in the middle of the call, or once it has early media; a caller before
   * that too, in place of its first offer.
   */
  record Reoffered(Side side, LegSdp offer) implements CallEvent {}

  /** A side wants the other one to talk to somebody else, its target. */
  record TransferBegun(Side by) implements CallEvent {}

  /**
   * The target's leg calls somebody: the first, or the next where the one before did not answer.
   *
   * @param ringFor how long at most; null for as long as calls usually ring
   */
  record TargetAttempted(@Nullable Duration ringFor) implements CallEvent {}

  /** The target of the transfer has picked up, and its media are joined with the other side's. */
  record TargetAnswered() implements CallEvent {}

  /** The side that stays talks to the target by itself: both legs are to end. */
  record TransferredAway() implements CallEvent {}

  /** The target of the transfer cannot be had; its leg is over. */
  record TargetEnded(EndReason reason) implements CallEvent {}

  /** A side's leg goes over to another call, and this call ends without it. */
  record Surrendered(Side side) implements CallEvent {}

  /** A side's leg is over by its own doing. */
  record Ended(Side side, EndReason reason) implements CallEvent {}

  /** The gateway cannot or will not go on: both legs are to end. */
  record Failed(EndReason reason) implements CallEvent {}

  /** Time has passed; the deadline may have been reached. */
  record Ticked() implements CallEvent {}
}
