package org.ringdown.webrtc;

import com.google.common.base.Ticker;
import java.util.concurrent.TimeUnit;

/**
 * How fast one page may talk (a token bucket): so many messages a second, and two seconds' worth at
 * once. Not thread-safe: one frame is dealt with at a time.
 */
final class MessageRate {
  private static final double BURST_SECONDS = 2;

  private final int perSecond;
  private final Ticker ticker;
  private double left;
  private long filledAt;

  MessageRate(int perSecond, Ticker ticker) {
    this.perSecond = perSecond;
    this.ticker = ticker;
    left = perSecond * BURST_SECONDS;
    filledAt = ticker.read();
  }

  /** Whether one more message is within the rate. */
  boolean take() {
    long now = ticker.read();
    double gained = (double) (now - filledAt) / TimeUnit.SECONDS.toNanos(1) * perSecond;
    filledAt = now;
    left = Math.min(perSecond * BURST_SECONDS, left + gained);
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
