package org.ringdown.gateway.bridge.transfer;

import java.util.concurrent.Executor;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.leg.Replacement;
import org.ringdown.gateway.bridge.reason.MediaReasons;
import org.ringdown.gateway.bridge.talk.CallMedia;
import org.ringdown.gateway.bridge.talk.Newcomer;
import org.ringdown.gateway.call.CallEvent;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.Side;
import org.ringdown.gateway.media.MediaSession.TakenIn;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.media.leg.MediaException;

/** A target that has called in to take a side's place. Belongs to the call's executor. */
final class ReplacingTarget implements Target {
  private final Replacement replacement;
  private final LegRef stays;
  private final CallMedia media;
  private final ConsultedTarget.Outcome outcome;

  /**
   * A target that has not been answered.
   *
   * @param by the side whose place it is to take
   * @param name what it is to be called in the media
   */
  ReplacingTarget(
      Replacement replacement,
      Side by,
      String name,
      Transfers.Talk talk,
      Executor call,
      ConsultedTarget.Outcome outcome) {
    this.replacement = replacement;
    this.stays = talk.sides().leg(by.other()).media();
    this.media = talk.media();
    this.outcome = outcome;
    replacement.leg().seat().rename(name, call, by);
  }

  @Override
  public void offer() {
    Leg leg = replacement.leg();
    try {
      TakenIn taken = media.takeIn(stays, leg.media(), replacement.offer());
      leg.answer(taken.answer());
      outcome.joined().accept(Newcomer.called(leg, taken.renewed()));
    } catch (MediaException e) {
      leg.end(MediaReasons.of(e));
      outcome.events().accept(new CallEvent.TargetEnded(MediaReasons.of(e)));
    }
  }

  @Override
  public void end(EndReason reason) {
    replacement.refuse(reason);
  }
}
