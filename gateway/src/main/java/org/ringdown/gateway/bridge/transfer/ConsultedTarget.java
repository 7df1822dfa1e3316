package org.ringdown.gateway.bridge.transfer;

import com.google.common.collect.ImmutableSet;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.leg.Claim;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.leg.Past;
import org.ringdown.gateway.bridge.leg.Seat;
import org.ringdown.gateway.bridge.reason.MediaReasons;
import org.ringdown.gateway.bridge.talk.CallMedia;
import org.ringdown.gateway.bridge.talk.Newcomer;
import org.ringdown.gateway.call.CallEvent;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.Side;
import org.ringdown.gateway.media.MediaSession.Moving;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.media.leg.MediaException;

/**
 * A target that the transferor talks to already, or rings: the other side of another call of its
 * own. It is claimed there, and that call ends when it comes. Belongs to the call's executor.
 */
final class ConsultedTarget implements Target, Claim.Claimant {
  private final Seat consultation;
  private final LegRef stays;
  private final CallMedia media;
  private final Outcome outcome;
  private final Claim claim;
  private @Nullable EndReason over;

  /** Who hears what comes of it. */
  record Outcome(Consumer<Newcomer> joined, Consumer<CallEvent> events) {}

  /**
   * A target that has not been claimed.
   *
   * @param consultation the transferor's seat in the other call
   * @param by the side whose place it is to take
   * @param name what it is to be called in the media
   */
  ConsultedTarget(
      Seat consultation,
      Side by,
      String name,
      Transfers.Talk talk,
      Executor call,
      Outcome outcome) {
    this.consultation = consultation;
    this.stays = talk.sides().leg(by.other()).media();
    this.media = talk.media();
    this.outcome = outcome;
    this.claim = new Claim(call, by, name, () -> media.agreed(stays), this);
  }

  @Override
  public void offer() {
    consultation.tell(listener -> listener.onClaimed(claim));
  }

  @Override
  public void end(EndReason reason) {
    over = reason;
    claim.withdraw();
  }

  @Override
  public void granted(Leg leg, Past past, Moving moving) {
    if (over != null) {
      drop(leg, moving, over);
      return;
    }
    ImmutableSet<LegRef> renewed;
    try {
      renewed = media.arrive(stays, leg.media(), moving);
    } catch (MediaException e) {
      drop(leg, moving, MediaReasons.of(e));
      refused(MediaReasons.of(e));
      return;
    }
    outcome.joined().accept(new Newcomer(leg, past, renewed));
  }

  private static void drop(Leg leg, Moving moving, EndReason reason) {
    leg.end(reason);
    moving.close();
  }

  @Override
  public void refused(EndReason reason) {
    if (over == null) {
      outcome.events().accept(new CallEvent.TargetEnded(reason));
    }
  }
}
