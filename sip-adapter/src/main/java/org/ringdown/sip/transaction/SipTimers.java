package org.ringdown.sip.transaction;

import java.time.Duration;

/**
 * The timer values of RFC 3261 section 17.1.1.1, all multiples of T1, so that tests can run fast.
 *
 * @param t1 the round-trip estimate: first retransmission interval
 * @param sessionSecond how long a second of the session timer takes (RFC 4028)
 */
public record SipTimers(Duration t1, Duration sessionSecond) {
  /** T1 of half a second. */
  public static final SipTimers STANDARD =
      new SipTimers(Duration.ofMillis(500), Duration.ofSeconds(1));

  /** T1 in milliseconds. */
  public int t1Ms() {
    return (int) t1.toMillis();
  }

  /** 64*T1: how long anything is tried (timers B, F, H). */
  public Duration giveUp() {
    return t1.multipliedBy(64);
  }
}
