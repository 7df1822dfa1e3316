package org.ringdown.sip.stack;

import gov.nist.javax.sip.stack.SIPStackTimerTask;
import gov.nist.javax.sip.stack.timers.DefaultSipTimer;

/**
 * JAIN-SIP's own timer, with an end that nobody waits for: when a stack is stopped JAIN-SIP closes
 * its sockets, stops the timer, and then sleeps for a second before it clears its tables.
 * Interrupted, it does so at once. For {@link JainStack} alone; public because JAIN-SIP makes it.
 *
 * <p>Each transaction counts half seconds, for 32 s after its end too. They all count at the same
 * few moments, or the thread would wake up for each.
 */
public final class StackTimer extends DefaultSipTimer {
  private static final long GRAIN_MS = 50;

  /** As JAIN-SIP calls it. */
  public StackTimer() {}

  @Override
  public boolean scheduleWithFixedDelay(SIPStackTimerTask task, long delay, long period) {
    long grain = Math.max(1, Math.min(GRAIN_MS, period / 10));
    return super.scheduleWithFixedDelay(
        task, delay + toNext(grain, System.currentTimeMillis() + delay), period);
  }

  /** From a moment to the next multiple of {@code grain}; 0 if it is one. */
  static long toNext(long grain, long moment) {
    return Math.floorMod(-moment, grain);
  }

  @Override
  public void stop() {
    super.stop();
    Thread.currentThread().interrupt();
  }
}
