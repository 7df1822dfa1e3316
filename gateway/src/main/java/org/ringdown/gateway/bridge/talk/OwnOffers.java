package org.ringdown.gateway.bridge.talk;

import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.media.leg.MediaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's own offers to one leg in the middle of a call: one at a time (RFC 3264 section 4),
 * and after it the newest state if that has changed meanwhile. A leg that refuses, or gives an
 * answer that cannot be used, stays as it was: the media between the sides do not depend on it.
 * Belongs to the call's executor.
 */
final class OwnOffers {
  private static final Logger log = LoggerFactory.getLogger(OwnOffers.class);

  private final Leg leg;
  private final CallMedia media;
  private @Nullable String open;
  private boolean stale;

  OwnOffers(Leg leg, CallMedia media) {
    this.leg = leg;
    this.media = media;
  }

  /** Tells the leg how its media stand now; does nothing for one that takes no offers. */
  void send() {
    if (leg.takesOffers()) {
      insist();
    }
  }

  /** Tells the leg, which must know, how its media stand now. */
  void insist() {
    if (open != null) {
      stale = true;
      return;
    }
    offer(null);
  }

  /** Offers something else; what comes of it is heard by whoever asks, who then says it is over. */
  void ask(String sdp) {
    open = sdp;
    leg.offer(sdp);
  }

  /** What was asked is answered: the leg is told what has changed meanwhile. */
  void over() {
    open = null;
    if (stale) {
      stale = false;
      offer(null);
    }
  }

  /** Whether the leg has an offer that it has not answered. */
  boolean isOpen() {
    return open != null;
  }

  /** The leg's answer, or null if it refused. */
  void answered(@Nullable String sdp) {
    String answered = open;
    open = null;
    if (sdp != null && answered != null) {
      take(sdp);
    }
    if (stale) {
      stale = false;
      offer(sdp == null ? null : answered);
    }
  }

  /** Makes an offer unless it would say what is known already. */
  private void offer(@Nullable String known) {
    try {
      String sdp = media.offerAgain(leg.media());
      if (!sdp.equals(known)) {
        open = sdp;
        leg.offer(sdp);
      }
    } catch (MediaException e) {
      log.debug("no offer to {}: {}", leg, e.getMessage());
    }
  }

  private void take(String answer) {
    try {
      media.answerAgain(leg.media(), answer);
    } catch (MediaException e) {
      log.debug("unusable answer of {}: {}", leg, e.getMessage());
    }
  }
}
