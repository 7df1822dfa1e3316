package org.ringdown.gateway.sdp;

import java.time.Duration;

/**
 * The offer/answer machine of one leg: one offer outstanding at a time (RFC 3264 section 4).
 *
 * <pre>
 *              offerSent                 offerReceived
 *   OFFER_SENT <-------- STABLE --------------------> OFFER_RECEIVED
 *        |                 ^ ^                              |
 *        +-----------------+ +------------------------------+
 *     answerReceived / withdrawn       answerSent / withdrawn
 * </pre>
 *
 * Not thread-safe: one call's executor.
 */
public final class Negotiation {
  private State state = State.STABLE;

  /** Where the exchange stands. */
  public State state() {
    return state;
  }

  /** Whether an offer may be sent now; if so it counts as sent. */
  public boolean offerSent() {
    return moved(State.STABLE, State.OFFER_SENT);
  }

  /** An offer has come: whether it may be answered, or with what it is to be refused. */
  public Verdict offerReceived() {
    if (moved(State.STABLE, State.OFFER_RECEIVED)) {
      return Verdict.PROCEED;
    }
    return state == State.OFFER_SENT ? Verdict.GLARE : Verdict.STILL_BUSY;
  }

  /** An answer goes out; false if there is no offer to answer. */
  public boolean answerSent() {
    return moved(State.OFFER_RECEIVED, State.STABLE);
  }

  /** An answer has come; false if there is no offer of ours, so that it is to be ignored. */
  public boolean answerReceived() {
    return moved(State.OFFER_SENT, State.STABLE);
  }

  /** The outstanding offer is void, whoever sent it: refused, timed out or rolled back. */
  public void withdrawn() {
    state = State.STABLE;
  }

  /**
   * How long to wait before an offer that met a 491 is sent again (RFC 3261 section 14.1): 2.1 to 4
   * s for the side that chose the Call-ID, 0 to 2 s for the other, in steps of 10 ms.
   *
   * @param random in [0, 1)
   */
  public static Duration retryAfter(boolean callIdIsOurs, double random) {
    if (!(random >= 0 && random < 1)) {
      throw new IllegalArgumentException("not in [0, 1): " + random);
    }
    int steps = callIdIsOurs ? 210 + (int) (random * 191) : (int) (random * 201);
    return Duration.ofMillis(steps * 10L);
  }

  private boolean moved(State from, State to) {
    if (state != from) {
      return false;
    }
    state = to;
    return true;
  }

  /** Where the exchange stands. */
  public enum State {
    /** No offer is outstanding. */
    STABLE,
    /** We have offered and wait for the answer. */
    OFFER_SENT,
    /** The peer has offered and waits for our answer. */
    OFFER_RECEIVED
  }

  /** What to do with an offer. */
  public enum Verdict {
    /** Answer it. */
    PROCEED,
    /** Our own offer is outstanding: 491 Request Pending (RFC 3261 section 14.2). */
    GLARE,
    /** The peer's earlier offer is unanswered yet: 500 with Retry-After (RFC 3261 section 14.2). */
    STILL_BUSY
  }
}
