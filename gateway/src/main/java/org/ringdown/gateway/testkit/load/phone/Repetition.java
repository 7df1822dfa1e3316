package org.ringdown.gateway.testkit.load.phone;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends the same again until it is stopped, at intervals that double (RFC 3261 sections 17.1 and
 * 13.3.1.4), for 32 seconds at the most. Safe from any thread.
 */
final class Repetition {
  private static final long T1_MS = 500;
  private static final long T2_MS = 4_000;
  private static final long END_MS = 64 * T1_MS;

  private final ScheduledExecutorService timer;
  private final Runnable send;
  private long waitMs = T1_MS;
  private long passedMs;
  private boolean stopped;
  private @Nullable Future<?> next;

  Repetition(ScheduledExecutorService timer, Runnable send) {
    this.timer = timer;
    this.send = send;
  }

  /** Sends for the first time. */
  synchronized void start() {
    send.run();
    await();
  }

  private void await() {
    if (!stopped && passedMs < END_MS) {
      next = timer.schedule(this::again, waitMs, TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void again() {
    if (!stopped) {
      passedMs += waitMs;
      waitMs = Math.min(2 * waitMs, T2_MS);
      send.run();
      await();
    }
  }

  synchronized void stop() {
    stopped = true;
    Future<?> scheduled = next;
    if (scheduled != null) {
      scheduled.cancel(false);
    }
  }
}
