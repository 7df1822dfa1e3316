package org.ringdown.webrtc.page;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose offer is open in one call: one at a time (RFC 3264 section 4). The page may put a new offer
 * in place of its own open one, as a page does that was loaded anew; only the last is answered.
 *
 * <p>A page that has come back may have been loaded anew, and then offers instead of answering an
 * offer that its other connection got in the middle of the call.
 *
 * <pre>
 *   STABLE --page offers--> PAGE_OFFERED --answered or refused--> STABLE
 *   STABLE --gateway offers--> GATEWAY_OFFERED --page answers, or does not in time--> STABLE
 * </pre>
 *
 * Not thread-safe: the session's mailbox.
 */
final class OfferExchange {
  private State state;
  private int made;
  private int asked;
  private @Nullable String open;
  private @Nullable String waiting;
  private boolean givesWay;

  private OfferExchange(State state, int made, @Nullable String open) {
    this.state = state;
    this.made = made;
    this.open = open;
  }

  /** Begins with an offer of the page, its number 1. */
  static OfferExchange begunByPage() {
    return new OfferExchange(State.PAGE_OFFERED, 1, null);
  }

  /** Begins with an offer of the gateway. */
  static OfferExchange begunByGateway(String sdp) {
    return new OfferExchange(State.GATEWAY_OFFERED, 0, sdp);
  }

  /** Whether an offer of the page fits now. */
  boolean takesOffer() {
    return state != State.GATEWAY_OFFERED || givesWay;
  }

  /** From now on an open offer of the gateway's gives way to one of the page. */
  void giveWay() {
    givesWay = state == State.GATEWAY_OFFERED;
  }

  /** The page has made an offer; whether one of the gateway's has given way to it. */
  boolean pageOffered() {
    boolean gaveWay = state == State.GATEWAY_OFFERED;
    state = State.PAGE_OFFERED;
    open = null;
    givesWay = false;
    made++;
    return gaveWay;
  }

  /** Whether the page's offer of this number is the open one; if so it is open no more. */
  boolean settle(int number) {
    boolean current = state == State.PAGE_OFFERED && number == made;
    if (current) {
      state = State.STABLE;
    }
    return current;
  }

  /** Whether an answer of the page fits now. */
  boolean takesAnswer() {
    return state == State.GATEWAY_OFFERED;
  }

  /** The page has answered. */
  void pageAnswered() {
    state = State.STABLE;
    open = null;
    givesWay = false;
  }

  /** An offer of the gateway's waits for its turn, in place of one that waited before. */
  void await(String sdp) {
    waiting = sdp;
  }

  /** The gateway's offer whose turn has come; it is open from now on. */
  Optional<String> next() {
    if (state != State.STABLE || waiting == null) {
      return Optional.empty();
    }
    state = State.GATEWAY_OFFERED;
    asked++;
    open = waiting;
    waiting = null;
    return Optional.of(open);
  }

  /** The number of the offer that {@link #next} gave last, for {@link #lapse}. */
  int asked() {
    return asked;
  }

  /** The page has had its time for this offer; whether it is still open. It is no more. */
  boolean lapse(int number) {
    boolean current = state == State.GATEWAY_OFFERED && number == asked;
    if (current) {
      pageAnswered();
    }
    return current;
  }

  /** The gateway's offer that the page has not answered; null if there is none. */
  @Nullable String open() {
    return open;
  }

  private enum State {
    /** No offer is open. */
    STABLE,
    /** The page waits for {@code answer}. */
    PAGE_OFFERED,
    /** The page owes an {@code answer}. */
    GATEWAY_OFFERED
  }
}
