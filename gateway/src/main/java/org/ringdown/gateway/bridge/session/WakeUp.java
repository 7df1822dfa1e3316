package org.ringdown.gateway.bridge.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The one wake-up of a call, for the deadline that it has now. Belongs to its executor. */
final class WakeUp {
  private final CallSession.Environment environment;
  private final Runnable tick;
  private @Nullable Future<?> set;
  private @Nullable Instant due;

  /**
   * None yet.
   *
   * @param tick what it does, on any thread
   */
  WakeUp(CallSession.Environment environment, Runnable tick) {
    this.environment = environment;
    this.tick = tick;
  }

  /** From now on it is set for that, or for nothing. */
  void at(Optional<Instant> deadline) {
    Instant next = deadline.orElse(null);
    if (Objects.equals(next, due)) {
      return;
    }
    due = next;
    if (set != null) {
      set.cancel(false);
      set = null;
    }
    if (next != null) {
      Duration delay = Duration.between(environment.clock().instant(), next);
      set = environment.alarm().after(delay, tick);
    }
  }

  /** It has been. */
  void over() {
    due = null;
  }
}
