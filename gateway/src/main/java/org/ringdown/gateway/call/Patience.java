package org.ringdown.gateway.call;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long those who are called now may take: the set-up time to a first sign, then the ring time;
 * or, if a limit is set, until that is over. Not thread-safe: belongs to its call.
 */
final class Patience {
  private final CallTimers timers;
  private Instant began;
  private @Nullable Instant sign;
  private @Nullable Duration limit;

  Patience(CallTimers timers, Instant now) {
    this.timers = timers;
    this.began = now;
  }

  /** Somebody is called from now on, for so long at most. */
  void begin(Instant now, @Nullable Duration longest) {
    began = now;
    sign = null;
    limit = longest;
  }

  /** There is a sign of life. */
  void sign(Instant now) {
    if (sign == null) {
      sign = now;
    }
  }

  /** Whether there was one. */
  boolean hasSign() {
    return sign != null;
  }

  /** When it is over. */
  Instant end() {
    Instant usual = sign == null ? began.plus(timers.setup()) : sign.plus(timers.ring());
    if (limit == null) {
      return usual;
    }
    Instant latest = began.plus(limit);
    return sign == null && usual.isBefore(latest) ? usual : latest;
  }
}
