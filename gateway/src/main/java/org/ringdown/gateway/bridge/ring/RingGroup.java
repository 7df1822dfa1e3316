package org.ringdown.gateway.bridge.ring;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.leg.Claim;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.leg.LegListener;
import org.ringdown.gateway.bridge.leg.Replacement;
import org.ringdown.gateway.bridge.leg.Seat;
import org.ringdown.gateway.bridge.leg.TransferRequest;
import org.ringdown.gateway.bridge.reason.MediaReasons;
import org.ringdown.gateway.bridge.reason.TransferReasons;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.gateway.call.LegSdp;
import org.ringdown.gateway.call.Refusals;
import org.ringdown.gateway.call.Side;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.media.leg.MediaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Devices that ring together. The first answer wins, the rest learn that the call was answered
 * elsewhere; a device that is busy leaves the others ringing; one that declines ends the ringing of
 * all (as 6xx does, RFC 3261 section 16.7). Each device is let go exactly once; the winner is on
 * its own. Belongs to the call's executor.
 */
public final class RingGroup {
  private static final Logger log = LoggerFactory.getLogger(RingGroup.class);
  private static final int GLOBAL_FAILURE = 600;
  private static final int MOST_REDIRECTIONS = 5;

  private final ImmutableList<Branch> branches;
  private final Offers media;
  private final House house;
  private final Map<LegRef, Leg> ringing = new LinkedHashMap<>();
  private final Refusals refusals = new Refusals();
  private @Nullable Branch heardEarly;
  private int redirections;
  private boolean over;

  /** What the devices are offered. */
  public interface Offers {
    /** The offer for a device. */
    String offerFor(LegRef to) throws MediaException;

    /** Makes room for a device that makes the offer. */
    void ask(LegRef to) throws MediaException;

    /** The answer to the offer of such a device. */
    String answerFor(LegSdp offer) throws MediaException;

    /** An answer to it that takes nothing. */
    String refusalOf(LegSdp offer) throws MediaException;

    /** Answers an offer of a device that has early media. */
    String reoffer(LegSdp offer) throws MediaException;

    /** A device has not won. */
    void release(LegRef leg);
  }

  /**
   * Where the devices ring.
   *
   * @param side the one that the winner is for
   * @param call runs what the devices do
   * @param outcome hears what becomes of them
   * @param redirects where a device leads that wants to be looked for elsewhere
   * @param unanswered hears once that none of the devices has answered
   */
  record House(
      Side side,
      Executor call,
      ForkedLeg.Outcome outcome,
      ForkedLeg.Redirects redirects,
      Consumer<EndReason> unanswered) {}

  RingGroup(ImmutableList<Branch> branches, Offers media, House house) {
    this.branches = branches;
    this.media = media;
    this.house = house;
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
      LegListener listener = new BranchListener(branch);
      Seat.Place place = new Seat.Place(house.call(), listener, house.side(), branch.media());
      ringing.put(branch.media(), dial(branch, new Seat(branch.party(), place)));
    } catch (MediaException e) {
      refusedBy(branch, MediaReasons.of(e));
    }
  }

  private Leg dial(Branch branch, Seat seat) throws MediaException {
    Optional<Branch.Asking> asking = branch.asking();
    if (asking.isEmpty()) {
      return branch.dial(media.offerFor(branch.media()), seat);
    }
    media.ask(branch.media());
    return asking.get().dial(seat);
  }

  /** The device that the other side hears before any has answered. */
  Optional<Leg> heardEarly() {
    return Optional.ofNullable(heardEarly).map(Branch::media).map(ringing::get);
  }

  /** Ends every device but one that has answered; nothing is heard of them any more. */
  void end(EndReason reason) {
    over = true;
    endTheRest(reason);
  }

  private void endTheRest(EndReason reason) {
    ringing.values().forEach(leg -> leg.end(reason));
    ringing.keySet().forEach(media::release);
    ringing.clear();
  }

  private void answeredBy(Branch branch, String sdp) {
    Leg winner = Optional.ofNullable(ringing.remove(branch.media())).orElseThrow();
    over = true;
    endTheRest(EndReason.of(Kind.ANSWERED_ELSEWHERE, By.of(house.side())));
    house.outcome().answered(winner, new LegSdp(branch.media().name(), sdp));
  }

  /** A device changes its early media: its own affair as long as it has not won. */
  private void answerEarlyOffer(Branch branch, String sdp) {
    Leg leg = Optional.ofNullable(ringing.get(branch.media())).orElseThrow();
    try {
      leg.answerOffer(media.reoffer(new LegSdp(branch.media().name(), sdp)));
    } catch (MediaException e) {
      leg.refuseOffer(MediaReasons.of(e));
    }
  }

  private void refusedBy(Branch branch, EndReason reason) {
    ringing.remove(branch.media());
    media.release(branch.media());
    refusals.add(reason);
  }

  private void endIfNobodyIsLeft() {
    if (ringing.isEmpty() && !over) {
      over = true;
      house.unanswered().accept(refusals.mostTelling());
    }
  }

  private final class BranchListener implements LegListener {
    private final Branch branch;
    private final Set<String> answered = new HashSet<>();
    private ImmutableMap<String, String> headers = ImmutableMap.of();

    BranchListener(Branch branch) {
      this.branch = branch;
    }

    @Override
    public void onHeaders(ImmutableMap<String, String> said) {
      headers = said;
    }

    private void passHeaders() {
      house.outcome().said(branch.party(), branch.media(), headers);
    }

    @Override
    public void onAlerted() {
      if (isRinging()) {
        passHeaders();
        house.outcome().alerted();
      }
    }

    @Override
    public void onProgressed(String sdp) {
      if (isRinging() && isAgreed(sdp)) {
        heardEarly = branch;
        passHeaders();
        house.outcome().progressed(new LegSdp(branch.media().name(), sdp));
      }
    }

    @Override
    public void onAnswered(String sdp) {
      if (isRinging() && isAgreed(sdp)) {
        passHeaders();
        answeredBy(branch, sdp);
      }
    }

    /** Whether what a device says can be used: its own offer, if it makes one, has its answer. */
    private boolean isAgreed(String sdp) {
      if (branch.asking().isEmpty() || !answered.add(sdp)) {
        return true;
      }
      LegSdp offer = new LegSdp(branch.media().name(), sdp);
      Leg leg = Optional.ofNullable(ringing.get(branch.media())).orElseThrow();
      try {
        leg.answerOffer(media.answerFor(offer));
        return true;
      } catch (MediaException e) {
        EndReason reason = MediaReasons.of(e);
        answerNothing(leg, offer);
        leg.end(reason);
        refused(reason);
        return false;
      }
    }

    /** Only an offer that nobody can read is left without an answer. */
    private void answerNothing(Leg leg, LegSdp offer) {
      try {
        leg.answerOffer(media.refusalOf(offer));
      } catch (MediaException e) {
        log.debug("no answer to an offer of {}: {}", offer.leg(), e.getMessage());
      }
    }

    @Override
    public void onOffer(String sdp) {
      if (isRinging()) {
        answerEarlyOffer(branch, sdp);
      }
    }

    @Override
    public void onTransfer(TransferRequest request) {
      request.report().failed(TransferReasons.NOT_NOW);
    }

    @Override
    public void onClaimed(Claim claim) {
      claim.refuse(TransferReasons.NOT_NOW);
    }

    @Override
    public void onReplaced(Replacement replacement) {
      if (!isRinging()) {
        replacement.refuse(TransferReasons.LOST);
      } else if (house.outcome().pickedUp(replacement)) {
        end(EndReason.of(Kind.ANSWERED_ELSEWHERE, By.of(house.side())));
      }
    }

    @Override
    public void onEnded(EndReason reason) {
      if (isRinging()) {
        branch.instead(reason).ifPresentOrElse(this::dialInstead, () -> refused(reason));
      }
    }

    private void dialInstead(Branch other) {
      dialInstead(ImmutableList.of(other));
    }

    private void dialInstead(ImmutableList<Branch> others) {
      ringing.remove(branch.media());
      media.release(branch.media());
      others.forEach(RingGroup.this::dial);
      endIfNobodyIsLeft();
    }

    /** Each is looked for, up to a limit: two phones may redirect to one another. */
    @Override
    public void onRedirected(ImmutableList<String> targets, EndReason reason) {
      if (!isRinging()) {
        return;
      }
      ImmutableList<Branch> others =
          targets.stream()
              .limit(Math.max(0, MOST_REDIRECTIONS - redirections))
              .flatMap(target -> house.redirects().of(branch.party(), target).stream())
              .collect(ImmutableList.toImmutableList());
      redirections += targets.size();
      if (others.isEmpty()) {
        refused(reason);
      } else {
        dialInstead(others);
      }
    }

    private void refused(EndReason reason) {
      refusedBy(branch, reason);
      if (endsAll(reason)) {
        endTheRest(reason);
      }
      if (ringing.isEmpty()) {
        passHeaders();
      }
      endIfNobodyIsLeft();
    }

    /** Whoever says so speaks for the callee, wherever it rings (RFC 3261 section 21.6). */
    private static boolean endsAll(EndReason reason) {
      return reason.kind() == Kind.DECLINED
          || reason.kind() == Kind.HANGUP
          || reason.status() >= GLOBAL_FAILURE;
    }

    private boolean isRinging() {
      return !over && ringing.containsKey(branch.media());
    }
  }
}
