package org.ringdown.gateway.trunk;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.leg.ReferProgress;
import org.ringdown.sip.leg.Referral;
import org.ringdown.sip.leg.SipEnd;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.SipStatus;

/**
 * A call to a trunk: tried at its servers one after the other until one of them takes it or says
 * no, without the caller noticing (RFC 3263 section 4.3). Once a server lets the callee ring, no
 * other is tried. Safe from any thread.
 */
final class TrunkCall implements SipLeg {
  /** How a call is tried at one server. */
  interface Dialling {
    /**
     * Sends the INVITE.
     *
     * @param callId the Call-ID of the attempts before; null for the first
     */
    SipLeg dial(Target target, @Nullable String callId, Listener listener);

    /** Hears that the server has answered in some way. */
    void heard(Target target);

    /** Hears how an attempt ended that came to nothing. */
    void ended(Target target, SipEnd end);
  }

  private static final SipStatus NO_SERVER =
      new SipStatus(503, "Service Unavailable", 38, "No server of the trunk takes calls.");

  private final Dialling dialling;
  private final Listener listener;
  private final Object lock = new Object();
  private final Deque<Target> left;
  private int attempts;
  private int current;
  private @Nullable SipLeg leg;
  private @Nullable SipStatus wantedEnd;

  /** A call that {@link #start} begins. */
  TrunkCall(ImmutableList<Target> targets, Dialling dialling, Listener listener) {
    this.left = new ArrayDeque<>(targets);
    this.dialling = dialling;
    this.listener = listener;
  }

  void start() {
    Optional<Target> first = next();
    if (first.isPresent()) {
      tryAt(first.get());
    } else {
      listener.onEnded(new SipEnd(SipEnd.Kind.UNREACHABLE, NO_SERVER));
    }
  }

  /** Whoever wants something of the leg, because of what it has said, waits until it is known. */
  private void tryAt(Target target) {
    synchronized (lock) {
      Attempt attempt = new Attempt(target, ++attempts);
      String callId = leg == null ? null : leg.callId();
      began(attempt, dialling.dial(target, callId, attempt));
    }
  }

  /** An attempt may have failed, and the next begun, before we come to know its leg. */
  private void began(Attempt attempt, SipLeg begun) {
    if (attempt.number < current) {
      return;
    }
    current = attempt.number;
    leg = begun;
    if (wantedEnd != null) {
      begun.end(wantedEnd);
    }
  }

  /** The next server to try after one that failed; empty if there is none, or no need. */
  private Optional<Target> next() {
    synchronized (lock) {
      while (wantedEnd == null && !left.isEmpty()) {
        Target next = left.remove();
        if (next.health().isUsable()) {
          return Optional.of(next);
        }
      }
      return Optional.empty();
    }
  }

  private Optional<SipLeg> leg() {
    synchronized (lock) {
      return Optional.ofNullable(leg);
    }
  }

  @Override
  public String callId() {
    return leg().map(SipLeg::callId).orElse("");
  }

  @Override
  public void say(ImmutableMap<String, String> headers) {
    leg().ifPresent(now -> now.say(headers));
  }

  @Override
  public void answerOffer(String sdp) {
    leg().ifPresent(now -> now.answerOffer(sdp));
  }

  @Override
  public void refuseOffer(SipStatus status) {
    leg().ifPresent(now -> now.refuseOffer(status));
  }

  @Override
  public void offer(String sdp) {
    leg().ifPresent(now -> now.offer(sdp));
  }

  @Override
  public void digits(String digits, int durationMs, int gapMs) {
    leg().ifPresent(now -> now.digits(digits, durationMs, gapMs));
  }

  @Override
  public void askPicture() {
    leg().ifPresent(SipLeg::askPicture);
  }

  @Override
  public void refer(String referTo, boolean onlyIfAllowed, ReferProgress progress) {
    leg()
        .ifPresentOrElse(
            now -> now.refer(referTo, onlyIfAllowed, progress),
            () -> progress.onRefused(NO_SERVER));
  }

  @Override
  public void referTo(Consumer<Optional<String>> known) {
    leg().ifPresentOrElse(now -> now.referTo(known), () -> known.accept(Optional.empty()));
  }

  @Override
  public void end(SipStatus status) {
    Optional<SipLeg> now;
    synchronized (lock) {
      wantedEnd = status;
      now = Optional.ofNullable(leg);
    }
    now.ifPresent(going -> going.end(status));
  }

  /** What is heard of one attempt. */
  private final class Attempt implements Listener {
    private final Target target;
    private final int number;
    private volatile boolean noticed;

    Attempt(Target target, int number) {
      this.target = target;
      this.number = number;
    }

    /** Those of a server that is left are followed by those of the next. */
    @Override
    public void onHeaders(ImmutableListMultimap<String, String> headers) {
      listener.onHeaders(headers);
    }

    @Override
    public void onProgress(int code, @Nullable String sdp) {
      notice();
      listener.onProgress(code, sdp);
    }

    @Override
    public void onAnswered(String sdp) {
      notice();
      listener.onAnswered(sdp);
    }

    private void notice() {
      if (!noticed) {
        noticed = true;
        dialling.heard(target);
      }
    }

    @Override
    public void onOffer(@Nullable String sdp) {
      listener.onOffer(sdp);
    }

    @Override
    public void onOfferAnswered(@Nullable String sdp) {
      listener.onOfferAnswered(sdp);
    }

    @Override
    public void onRefer(Referral referral) {
      listener.onRefer(referral);
    }

    @Override
    public void onDigit(char digit, int durationMs) {
      listener.onDigit(digit, durationMs);
    }

    @Override
    public void onPictureAsked() {
      listener.onPictureAsked();
    }

    @Override
    public Listener holder() {
      return listener.holder();
    }

    @Override
    public void onEnded(SipEnd end) {
      if (noticed) {
        listener.onEnded(end);
        return;
      }
      dialling.ended(target, end);
      Optional<Target> next = isOfThisServer(end) ? next() : Optional.empty();
      if (next.isPresent()) {
        tryAt(next.get());
      } else {
        listener.onEnded(end);
      }
    }
  }

  /** Whether another server of the trunk may do what this one did not (RFC 3263 section 4.3). */
  private static boolean isOfThisServer(SipEnd end) {
    return switch (end.kind()) {
      case TIMEOUT, UNREACHABLE -> true;
      case REFUSED -> end.status().code() == 503;
      case CANCELLED, BYE, OFFER_UNANSWERED -> false;
    };
  }
}
