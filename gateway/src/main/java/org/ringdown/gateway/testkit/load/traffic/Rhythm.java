package org.ringdown.gateway.testkit.load.traffic;

import java.util.concurrent.TimeUnit;

/** Says when the next of many is due that come at a rate. Not thread-safe. */
public final class Rhythm {
  private final double perSecond;
  private final long start = System.nanoTime();
  private long begun;

  /** None ever, if the rate is 0. */
  public Rhythm(double perSecond) {
    this.perSecond = perSecond;
  }

  /** When the next is due, as {@link System#nanoTime} has it. */
  public long next() {
    return perSecond <= 0 ? Long.MAX_VALUE : start + (long) (begun * 1e9 / perSecond);
  }

  /** Whether one is due, which then is taken as begun. */
  public boolean isDue() {
    boolean due = perSecond > 0 && next() - System.nanoTime() <= 0;
    begun += due ? 1 : 0;
    return due;
  }

  /** Forgets those that were due: they do not come all at once later. */
  public void skip() {
    begun = Math.max(begun, (long) ((System.nanoTime() - start) * perSecond / 1e9));
  }

  /** Waits for the next one. */
  public void await() throws InterruptedException {
    while (perSecond > 0 && !isDue()) {
      TimeUnit.NANOSECONDS.sleep(Math.max(1, next() - System.nanoTime()));
    }
  }
}
