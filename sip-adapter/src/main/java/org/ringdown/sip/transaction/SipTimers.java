package org.ringdown.sip.transaction;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/**
 * The timer values of RFC 3261 section 17.1.1.1, all multiples of T1, so that tests can run fast,
 * and what time goes by.
 *
 * @param t1 the round-trip estimate: first retransmission interval
 * @param sessionSecond how long a second of the session timer takes (RFC 4028)
 * @param alarms who runs what has to wait, given the endpoint's timer
 */
public record SipTimers(
    Duration t1, Duration sessionSecond, Function<ScheduledExecutorService, Alarms> alarms) {
  /** T1 of half a second. */
  public static final SipTimers STANDARD =
      new SipTimers(Duration.ofMillis(500), Duration.ofSeconds(1));

  /** Timers by the real time. */
  public SipTimers(Duration t1, Duration sessionSecond) {
    this(t1, sessionSecond, Alarms::on);
  }

  /** T1 in milliseconds. */
  public int t1Ms() {
    return (int) t1.toMillis();
  }

  /** 64*T1: how long anything is tried (timers B, F, H). */
  public Duration giveUp() {
    return t1.multipliedBy(64);
  }
}
