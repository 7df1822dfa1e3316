package org.ringdown.gateway.routing;

import org.ringdown.gateway.call.EndReason;

/** How it can go with somebody who is called, but for an answer. */
public enum Unanswered {
  /** Busy, or does not want the call. */
  BUSY("busy"),
  /** Rang for as long as it was to. */
  NO_ANSWER("no answer"),
  /** Cannot be reached: no device, no sign of life, a trunk that is down, any other refusal. */
  UNAVAILABLE("unavailable");

  private final String words;

  Unanswered(String words) {
    this.words = words;
  }

  /** Which of them a reason is. */
  public static Unanswered of(EndReason.Kind kind) {
    return switch (kind) {
      case BUSY, DECLINED, HANGUP -> BUSY;
      case NO_ANSWER -> NO_ANSWER;
      default -> UNAVAILABLE;
    };
  }

  /** In words, for the operator. */
  @Override
  public String toString() {
    return words;
  }
}
