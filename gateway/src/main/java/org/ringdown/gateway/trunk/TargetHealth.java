package org.ringdown.gateway.trunk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.trunk.TrunkHealth.State;

/**
 * Whether a server takes calls: up when it has answered, down when it has not, or wants to be left
 * alone. Safe from any thread.
 */
final class TargetHealth {
  /** A server that nobody asks by OPTIONS is tried with a call again after this. */
  private static final Duration UNWATCHED_REST = Duration.ofSeconds(30);

  /** How a server stands, why ("" if well), and since when. */
  record View(State state, String reason, Instant since) {}

  private final Clock clock;
  private final boolean watched;
  private View view;
  private @Nullable Instant restsUntil;
  private @Nullable Duration answerTime;

  /**
   * Nothing is known of it yet.
   *
   * @param watched whether OPTIONS will tell that it is well again
   */
  TargetHealth(Clock clock, boolean watched) {
    this.clock = clock;
    this.watched = watched;
    this.view = new View(State.STARTING, "", clock.instant());
  }

  /** Its answer to OPTIONS took so long. */
  synchronized void answeredWithin(Duration time) {
    answerTime = time;
  }

  /** How long its last answer to OPTIONS took; empty if there was none, or it is down. */
  synchronized Optional<Duration> answerTime() {
    return isUsable() ? Optional.ofNullable(answerTime) : Optional.empty();
  }

  /** It has answered; whether that is news. */
  synchronized boolean answers() {
    return !isLeftAlone() && turn(State.UP, "");
  }

  /**
   * It takes no calls; whether that is news.
   *
   * @param reason a sentence for a person
   * @param rest how long it wants to be left alone, zero if it did not say
   */
  synchronized boolean fails(String reason, Duration rest) {
    Duration pause = rest.isZero() && !watched ? UNWATCHED_REST : rest;
    restsUntil = pause.isZero() ? null : clock.instant().plus(pause);
    return turn(State.DOWN, reason);
  }

  private boolean turn(State state, String reason) {
    boolean turned = state != view.state();
    view = new View(state, reason, turned ? clock.instant() : view.since());
    if (state != State.DOWN) {
      restsUntil = null;
    }
    return turned;
  }

  /** Whether it wants nothing sent to it now, not even OPTIONS. */
  synchronized boolean isLeftAlone() {
    return restsUntil != null && clock.instant().isBefore(restsUntil);
  }

  /** Whether a call may be tried there. */
  synchronized boolean isUsable() {
    return view().state() != State.DOWN;
  }

  synchronized View view() {
    return view.state() == State.DOWN && restsUntil != null && !isLeftAlone()
        ? new View(State.STARTING, "", restsUntil)
        : view;
  }
}
