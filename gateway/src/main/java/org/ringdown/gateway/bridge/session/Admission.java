package org.ringdown.gateway.bridge.session;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;

/**
 * Whether the gateway has room for one more call: not too many at once, and work that is not kept
 * waiting. The wait is measured by a task that goes through the same queue every 100 ms. Calls
 * going on are never touched. Safe from any thread.
 */
final class Admission {
  private static final long PROBE_MS = 100;
  private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

  private final IntSupplier maxCalls;
  private final Executor pool;
  private final AtomicBoolean probing = new AtomicBoolean();
  private volatile long probedNanos;

  Admission(IntSupplier maxCalls, Executor pool, ScheduledExecutorService timers) {
    this.maxCalls = maxCalls;
    this.pool = pool;
    timers.scheduleWithFixedDelay(this::probe, PROBE_MS, PROBE_MS, TimeUnit.MILLISECONDS);
  }

  private void probe() {
    if (probing.compareAndSet(false, true)) {
      probedNanos = System.nanoTime();
      pool.execute(() -> probing.set(false));
    }
  }

  /** Whether one more may begin when there are so many. */
  boolean admits(int calls) {
    return calls < maxCalls.getAsInt() && !isLate();
  }

  private boolean isLate() {
    return probing.get() && System.nanoTime() - probedNanos > LONGEST_WAIT.toNanos();
  }
}
