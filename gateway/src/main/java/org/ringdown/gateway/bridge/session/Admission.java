package org.ringdown.gateway.bridge.session;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/**
 * Whether the gateway has room for one more call: not too many at once, and work that is not kept
 * waiting. The wait is measured by a task that goes through the same queue, ten times a second at
 * most, and only while calls come. Calls going on are never touched. Safe from any thread.
 */
final class Admission {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofMillis(500);
  private static final long NOBODY = Long.MIN_VALUE;

  private final IntSupplier maxCalls;
  private final Executor queue;
  private final Ticker ticker;
  private final AtomicLong waitingSince = new AtomicLong(NOBODY);
  private volatile long probed;

  /**
   * Admits until there are so many calls.
   *
   * @param queue where work waits for a thread
   */
  Admission(IntSupplier maxCalls, Executor queue, Ticker ticker) {
    this.maxCalls = maxCalls;
    this.queue = queue;
    this.ticker = ticker;
    this.probed = ticker.read() - PAUSE.toNanos();
  }

  /** Whether one more may begin when there are so many. */
  boolean admits(int calls) {
    long now = ticker.read();
    long since = waitingSince.get();
    if (since == NOBODY) {
      probe(now);
    }
    boolean late = since != NOBODY && now - since > LONGEST_WAIT.toNanos();
    return calls < maxCalls.getAsInt() && !late;
  }

  private void probe(long now) {
    if (now - probed >= PAUSE.toNanos() && waitingSince.compareAndSet(NOBODY, now)) {
      probed = now;
      queue.execute(() -> waitingSince.set(NOBODY));
    }
  }
}
