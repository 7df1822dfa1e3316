package org.ringdown.gateway.call;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A transfer whose target has not answered. Not thread-safe: belongs to its call. */
final class Transfer {
  private final Side by;
  private final Patience patience;
  private boolean attempting;

  Transfer(Side by, CallTimers timers, Instant now) {
    this.by = by;
    this.patience = new Patience(timers, now);
    patience.sign(now);
  }

  /** Who wants it. */
  Side by() {
    return by;
  }

  /** Somebody is called, for so long at most. */
  void attempted(Instant now, @Nullable Duration ringFor) {
    patience.begin(now, ringFor);
    patience.sign(now);
    attempting = true;
  }

  /** When those who are called now have had their time. */
  Instant due() {
    return patience.end();
  }

  /** They had it; whether there may be others. One that does not go on now is not asked twice. */
  boolean givesWay(Instant now) {
    boolean mayGoOn = attempting;
    attempting = false;
    patience.begin(now, null);
    return mayGoOn;
  }
}
