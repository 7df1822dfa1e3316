package org.ringdown.gateway.bridge.transfer;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.leg.Claim;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.reason.MediaReasons;
import org.ringdown.gateway.bridge.reason.TransferReasons;
import org.ringdown.gateway.call.Call;
import org.ringdown.gateway.call.CallEvent;
import org.ringdown.gateway.call.CallState;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.Side;
import org.ringdown.gateway.media.MediaSession.Moving;
import org.ringdown.gateway.media.leg.MediaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A side of this call that goes over to another one, at once, or as soon as it has picked up; this
 * call then ends. Where it cannot be had, this call goes on as it was. Belongs to the call's
 * executor.
 */
public final class Surrenders {
  private static final Logger log = LoggerFactory.getLogger(Surrenders.class);

  private final Call call;
  private final Transfers.Talk talk;
  private final Consumer<CallEvent> events;
  private @Nullable Claim waiting;

  /** No claim yet. */
  public Surrenders(Call call, Transfers.Talk talk, Consumer<CallEvent> events) {
    this.call = call;
    this.talk = talk;
    this.events = events;
  }

  /** Another call wants a side: the one across from whoever has brought it about. */
  public void claimed(Side side, Claim claim) {
    boolean isAwaited =
        call.state().compareTo(CallState.ANSWERED) < 0 && side == Side.CALLEE && waiting == null;
    if (call.mayTransfer()) {
      give(side, claim);
    } else if (isAwaited) {
      waiting = claim;
    } else {
      claim.refuse(
          call.state() == CallState.ENDED ? TransferReasons.LOST : TransferReasons.NOT_NOW);
    }
  }

  /** The callee has picked up. */
  public void answered() {
    Claim claim = waiting;
    waiting = null;
    if (claim != null) {
      give(Side.CALLEE, claim);
    }
  }

  /** The call is over. */
  public void over(EndReason reason) {
    if (waiting != null) {
      waiting.refuse(reason);
      waiting = null;
    }
  }

  private void give(Side side, Claim claim) {
    if (claim.isWithdrawn()) {
      return;
    }
    Leg leg = talk.sides().leg(side);
    try {
      Moving moving = talk.media().depart(leg.media(), claim.company());
      claim.grant(leg, moving, talk.conversation().pastOf(side));
    } catch (MediaException e) {
      log.debug("{} stays: {}", leg, e.getMessage());
      claim.refuse(MediaReasons.of(e));
      return;
    }
    events.accept(new CallEvent.Surrendered(side));
  }
}
