package org.ringdown.gateway.bridge.session;

import com.google.common.base.Ticker;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that begins with the time on the wall and from then on only counts what has passed. What
 * waits for it does not end, and does not last, because somebody sets the computer's clock. Safe
 * from any thread.
 */
public final class SteadyClock extends Clock {
  private final Instant began;
  private final Ticker ticker;
  private final long beganNanos;
  private final ZoneId zone;

  SteadyClock(Instant began, Ticker ticker) {
    this(began, ticker, ticker.read(), ZoneOffset.UTC);
  }

  private SteadyClock(Instant began, Ticker ticker, long beganNanos, ZoneId zone) {
    this.began = began;
    this.ticker = ticker;
    this.beganNanos = beganNanos;
    this.zone = zone;
  }

  /** One that begins now. */
  public static SteadyClock begin() {
    return new SteadyClock(Clock.systemUTC().instant(), Ticker.systemTicker());
  }

  @Override
  public Instant instant() {
    return began.plusNanos(ticker.read() - beganNanos);
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new SteadyClock(began, ticker, beganNanos, other);
  }
}
