package org.ringdown.sip.register;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait after each failure: twice as long each time up to a limit, of which a random
 * half to whole, so that many who failed together do not come back together (RFC 5626 section 4.5).
 * Not thread-safe.
 */
final class Backoff {
  private final Duration first;
  private final Duration longest;
  private final DoubleSupplier random;
  private Duration next;

  /** {@code random} gives numbers from 0 to below 1. */
  Backoff(Duration first, Duration longest, DoubleSupplier random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
    this.next = first;
  }

  /** The wait after one more failure. */
  Duration next() {
    Duration wait = jittered(next);
    Duration twice = next.multipliedBy(2);
    next = twice.compareTo(longest) < 0 ? twice : longest;
    return wait;
  }

  /** The wait after a failure that only a person can mend. */
  Duration atMost() {
    return jittered(longest);
  }

  private Duration jittered(Duration whole) {
    return Duration.ofMillis(Math.round(whole.toMillis() * (1 + random.getAsDouble()) / 2));
  }

  /** It has worked: the next failure is the first again. */
  void reset() {
    next = first;
  }
}
