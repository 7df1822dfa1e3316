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
import org.ringdown.gateway.call.Side;
import org.ringdown.gateway.media.MediaException;
import org.ringdown.gateway.media.MediaSession.LegRef;
import org.ringdown.webrtc.WebRtcLeg.MediaState;

/**
 * The callee: all devices of a user at once, until one of them answers. The first answer wins, the
 * rest learn that the call was answered elsewhere; a device that is busy leaves the others ringing;
 * one that declines ends the call for all (as 6xx does, RFC 3261 section 16.7). When nobody is left
 * the most telling refusal speaks for all. Belongs to the call's executor.
 */
final class ForkedLeg implements Leg {
  /** From the least to the most telling; what is not named lies in between, as REFUSED does. */
  private static final ImmutableList<Kind> TELLING =
      ImmutableList.of(
          Kind.TIMEOUT,
          Kind.NOT_FOUND,
          Kind.UNAVAILABLE,
          Kind.REFUSED,
          Kind.NOT_ACCEPTABLE_MEDIA,
          Kind.NO_ANSWER,
          Kind.BUSY,
          Kind.DECLINED);

  private final ImmutableList<Branch> branches;
  private final CallMedia media;
  private final Consumer<CallEvent> events;
  private final SideListener requests;
  private final Map<Branch, Leg> ringing = new LinkedHashMap<>();
  private @Nullable EndReason refusal;
  private @Nullable Leg winner;
  private boolean over;

  ForkedLeg(
      ImmutableList<Branch> branches,
      CallMedia media,
      Consumer<CallEvent> events,
      SideListener requests) {
    this.branches = branches;
    this.media = media;
    this.events = events;
    this.requests = requests;
  }

  /** Offers the call to every device. */
  void offer() {
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

  @Override
  public LegRef media() {
    return winner().orElseThrow().media();
  }

  @Override
  public void answerOffer(String sdp) {
    winner().ifPresent(leg -> leg.answerOffer(sdp));
  }

  @Override
  public void refuseOffer(EndReason reason) {
    winner().ifPresent(leg -> leg.refuseOffer(reason));
  }

  @Override
  public boolean takesOffers() {
    return winner().filter(Leg::takesOffers).isPresent();
  }

  @Override
  public void offer(String sdp) {
    winner().ifPresent(leg -> leg.offer(sdp));
  }

  @Override
  public void held(boolean held) {
    winner().ifPresent(leg -> leg.held(held));
  }

  @Override
  public void digit(char digit, int durationMs) {
    winner().ifPresent(leg -> leg.digit(digit, durationMs));
  }

  @Override
  public void media(MediaState state, ImmutableMap<String, Object> evidence) {
    winner().ifPresent(leg -> leg.media(state, evidence));
  }

  @Override
  public void end(EndReason reason) {
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
    events.accept(new CallEvent.Answered(new LegSdp(branch.media().name(), sdp)));
  }

  private void refusedBy(Branch branch, EndReason reason) {
    ringing.remove(branch);
    media.release(branch.media());
    if (refusal == null || tells(reason) > tells(refusal)) {
      refusal = reason;
    }
  }

  private static int tells(EndReason reason) {
    int rank = TELLING.indexOf(reason.kind());
    return rank < 0 ? TELLING.indexOf(Kind.REFUSED) : rank;
  }

  private void endIfNobodyIsLeft() {
    if (ringing.isEmpty() && winner == null && !over) {
      endAs(refusal == null ? EndReason.byGateway(Kind.UNAVAILABLE, "") : refusal);
    }
  }

  private void endAs(EndReason reason) {
    over = true;
    events.accept(new CallEvent.Ended(Side.CALLEE, reason));
  }

  private final class BranchListener implements LegListener {
    private final Branch branch;

    BranchListener(Branch branch) {
      this.branch = branch;
    }

    @Override
    public void onAlerted() {
      if (isRinging()) {
        events.accept(new CallEvent.Alerted());
      }
    }

    @Override
    public void onProgressed(String sdp) {
      if (isRinging()) {
        events.accept(new CallEvent.Progressed(new LegSdp(branch.media().name(), sdp)));
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
        events.accept(new CallEvent.Reoffered(Side.CALLEE, new LegSdp(branch.media().name(), sdp)));
      }
    }

    @Override
    public void onDigits(String pressed, int durationMs, int gapMs) {
      if (isWinner()) {
        requests.onDigits(Side.CALLEE, pressed, durationMs, gapMs);
      }
    }

    @Override
    public void onHold(boolean holds) {
      if (isWinner()) {
        requests.onHold(Side.CALLEE, holds);
      }
    }

    @Override
    public void onStats(ImmutableMap<String, Object> report) {
      if (isWinner()) {
        requests.onStats(Side.CALLEE, report);
      }
    }

    @Override
    public void onOfferAnswered(@Nullable String sdp) {
      if (isWinner()) {
        requests.onOfferAnswered(Side.CALLEE, sdp);
      }
    }

    @Override
    public void onEnded(EndReason reason) {
      if (isWinner()) {
        endAs(reason);
      } else if (isRinging()) {
        refusedBy(branch, reason);
        if (reason.kind() == Kind.DECLINED || reason.kind() == Kind.HANGUP) {
          endTheRest(reason);
        }
        endIfNobodyIsLeft();
      }
    }

    private boolean isRinging() {
      return !over && ringing.containsKey(branch);
    }

    private boolean isWinner() {
      return !over && winner != null && winner.media().equals(branch.media());
    }
  }
}
