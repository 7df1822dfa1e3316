package org.ringdown.gateway.bridge;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.call.CallEvent;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.gateway.call.LegSdp;
import org.ringdown.gateway.call.Refusals;
import org.ringdown.gateway.call.Side;
import org.ringdown.gateway.media.MediaException;

/**
 * Devices that ring together. The first answer wins, the rest learn that the call was answered
 * elsewhere; a device that is busy leaves the others ringing; one that declines ends the ringing of
 * all (as 6xx does, RFC 3261 section 16.7). Each device is let go exactly once. Belongs to the
 * call's executor.
 */
final class RingGroup {
  private final ImmutableList<Branch> branches;
  private final CallMedia media;
  private final Owner owner;
  private final Map<Branch, Leg> ringing = new LinkedHashMap<>();
  private final Refusals refusals = new Refusals();
  private @Nullable Leg winner;
  private @Nullable Branch heardEarly;
  private boolean over;

  /**
   * Whose devices they are.
   *
   * @param events what becomes of the callee as a whole
   * @param requests what the device that answered asks for within the call
   * @param unanswered hears once that none of the devices has answered
   */
  record Owner(Consumer<CallEvent> events, SideListener requests, Consumer<EndReason> unanswered) {}

  RingGroup(ImmutableList<Branch> branches, CallMedia media, Owner owner) {
    this.branches = branches;
    this.media = media;
    this.owner = owner;
  }

  /** Offers the call to every device. */
  void ring() {
    for (Branch branch : branches) {
      if (over) {
        return;
      }
      dial(branch);
    }
    endIfNobodyIsLeft();
  }

  private void dial(Branch branch) {
    try {
      String offer = media.offerFor(branch.media());
      ringing.put(branch, branch.dial(offer, new BranchListener(branch)));
    } catch (MediaException e) {
      refusedBy(branch, MediaReasons.of(e));
    }
  }

  /** The device that answered. */
  Optional<Leg> winner() {
    return Optional.ofNullable(winner);
  }

  /** The device that the caller is in touch with: which answered, or which it hears early. */
  Optional<Leg> spokenTo() {
    return winner().or(() -> Optional.ofNullable(heardEarly).map(ringing::get));
  }

  /** Ends every device; nothing is heard of them any more. */
  void end(EndReason reason) {
    over = true;
    winner().ifPresent(leg -> leg.end(reason));
    endTheRest(reason);
  }

  private void endTheRest(EndReason reason) {
    ringing.values().forEach(leg -> leg.end(reason));
    ringing.keySet().forEach(branch -> media.release(branch.media()));
    ringing.clear();
  }

  private void answeredBy(Branch branch, String sdp) {
    winner = ringing.remove(branch);
    endTheRest(EndReason.of(Kind.ANSWERED_ELSEWHERE, By.CALLEE));
    owner.events().accept(new CallEvent.Answered(new LegSdp(branch.media().name(), sdp)));
  }

  /** A device changes its early media: its own affair as long as it has not won. */
  private void answerEarlyOffer(Branch branch, String sdp) {
    Leg leg = Optional.ofNullable(ringing.get(branch)).orElseThrow();
    try {
      leg.answerOffer(media.reoffer(new LegSdp(branch.media().name(), sdp)));
    } catch (MediaException e) {
      leg.refuseOffer(MediaReasons.of(e));
    }
  }

  private void refusedBy(Branch branch, EndReason reason) {
    ringing.remove(branch);
    media.release(branch.media());
    refusals.add(reason);
  }

  private void endIfNobodyIsLeft() {
    if (ringing.isEmpty() && winner == null && !over) {
      over = true;
      owner.unanswered().accept(refusals.mostTelling());
    }
  }

  private final class BranchListener implements LegListener {
    private final Branch branch;

    BranchListener(Branch branch) {
      this.branch = branch;
    }

    @Override
    public void onAlerted() {
      if (isRinging()) {
        owner.events().accept(new CallEvent.Alerted());
      }
    }

    @Override
    public void onProgressed(String sdp) {
      if (isRinging()) {
        heardEarly = branch;
        owner.events().accept(new CallEvent.Progressed(new LegSdp(branch.media().name(), sdp)));
      }
    }

    @Override
    public void onAnswered(String sdp) {
      if (isRinging()) {
        answeredBy(branch, sdp);
      }
    }

    @Override
    public void onOffer(String sdp) {
      if (isWinner()) {
        LegSdp offer = new LegSdp(branch.media().name(), sdp);
        owner.events().accept(new CallEvent.Reoffered(Side.CALLEE, offer));
      } else if (isRinging()) {
        answerEarlyOffer(branch, sdp);
      }
    }

    @Override
    public void onOfferAsked() {
      if (isWinner()) {
        owner.requests().onOfferAsked(Side.CALLEE);
      }
    }

    @Override
    public void onDigits(String pressed, int durationMs, int gapMs) {
      if (isWinner()) {
        owner.requests().onDigits(Side.CALLEE, pressed, durationMs, gapMs);
      }
    }

    @Override
    public void onHold(boolean holds) {
      if (isWinner()) {
        owner.requests().onHold(Side.CALLEE, holds);
      }
    }

    @Override
    public void onStats(ImmutableMap<String, Object> report) {
      if (isWinner()) {
        owner.requests().onStats(Side.CALLEE, report);
      }
    }

    @Override
    public void onOfferAnswered(@Nullable String sdp) {
      if (isWinner()) {
        owner.requests().onOfferAnswered(Side.CALLEE, sdp);
      }
    }

    @Override
    public void onEnded(EndReason reason) {
      if (isWinner()) {
        over = true;
        owner.events().accept(new CallEvent.Ended(Side.CALLEE, reason));
      } else if (isRinging()) {
        branch.instead(reason).ifPresentOrElse(this::dialInstead, () -> refused(reason));
      }
    }

    private void dialInstead(Branch other) {
      ringing.remove(branch);
      media.release(branch.media());
      dial(other);
      endIfNobodyIsLeft();
    }

    private void refused(EndReason reason) {
      refusedBy(branch, reason);
      if (reason.kind() == Kind.DECLINED || reason.kind() == Kind.HANGUP) {
        endTheRest(reason);
      }
      endIfNobodyIsLeft();
    }

    private boolean isRinging() {
      return !over && ringing.containsKey(branch);
    }

    private boolean isWinner() {
      return !over && winner != null && winner.media().equals(branch.media());
    }
  }
}
