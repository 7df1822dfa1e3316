package org.ringdown.gateway.bridge.transfer;

import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.leg.Replacement;
import org.ringdown.gateway.bridge.leg.TransferReport;
import org.ringdown.gateway.bridge.reason.MediaReasons;
import org.ringdown.gateway.bridge.ring.ForkedLeg;
import org.ringdown.gateway.bridge.talk.CallMedia;
import org.ringdown.gateway.bridge.talk.Newcomer;
import org.ringdown.gateway.call.CallEvent;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.gateway.call.LegSdp;
import org.ringdown.gateway.call.Side;
import org.ringdown.gateway.media.MediaSession.TakenIn;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.media.leg.MediaException;

/**
 * A target that is called for the transfer: all devices that its address leads to. One that picks
 * up and cannot be joined with the side that stays is let go, as if it had refused.
 */
final class CalledTarget implements Target, ForkedLeg.Outcome {
  private final LegRef stays;
  private final CallMedia media;
  private final Executor call;
  private final Side side;
  private final Progress progress;
  private final ForkedLeg fork;

  /** Who hears what comes of it. */
  record Progress(TransferReport report, Consumer<Newcomer> joined, Consumer<CallEvent> events) {}

  /**
   * A target that has not been called.
   *
   * @param by the side whose place it is to take
   * @param call runs what the devices do
   */
  CalledTarget(ForkedLeg.Way way, Side by, Transfers.Talk talk, Executor call, Progress progress) {
    this.stays = talk.sides().leg(by.other()).media();
    this.media = talk.media();
    this.call = call;
    this.side = by;
    this.progress = progress;
    this.fork = new ForkedLeg(way, by, media.offersOf(stays), call, this);
  }

  @Override
  public void offer() {
    fork.offer();
  }

  @Override
  public void giveUp(EndReason reason) {
    fork.giveUp(reason);
  }

  @Override
  public void end(EndReason reason) {
    fork.end(reason);
  }

  @Override
  public void attempted(@Nullable Duration ringFor) {
    progress.events().accept(new CallEvent.TargetAttempted(ringFor));
  }

  @Override
  public void alerted() {
    progress.report().alerted();
  }

  /** Not heard: the side that stays is still in the old call. */
  @Override
  public void progressed(LegSdp early) {
    alerted();
  }

  @Override
  public void answered(Leg winner, LegSdp answer) {
    ImmutableSet<LegRef> renewed;
    try {
      renewed = media.join(stays, winner.media(), answer.sdp());
    } catch (MediaException e) {
      EndReason reason = MediaReasons.of(e);
      winner.end(reason);
      media.release(winner.media());
      refused(reason);
      return;
    }
    progress.joined().accept(Newcomer.called(winner, renewed));
  }

  @Override
  public boolean pickedUp(Replacement by) {
    Leg leg = by.leg();
    try {
      leg.seat().rename("picked-up", call, side);
      TakenIn taken = media.takeIn(stays, leg.media(), by.offer());
      leg.answer(taken.answer());
      progress.joined().accept(Newcomer.called(leg, taken.renewed()));
      return true;
    } catch (MediaException e) {
      by.refuse(MediaReasons.of(e));
      return false;
    }
  }

  @Override
  public void refused(EndReason reason) {
    EndReason named = reason.kind() == Kind.HANGUP ? reason.as(Kind.DECLINED) : reason;
    progress.events().accept(new CallEvent.TargetEnded(named));
  }
}
