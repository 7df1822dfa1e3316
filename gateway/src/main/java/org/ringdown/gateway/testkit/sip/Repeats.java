package org.ringdown.gateway.testkit.sip;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends what is not acknowledged again, after 0.5 s and then at doubled intervals up to 4 s, for 32
 * s in all (RFC 3261 sections 17.1 and 13.3.1.4). Safe from any thread.
 */
final class Repeats {
  private static final long T1_MS = 500;
  private static final long T2_MS = 4000;
  private static final long GIVE_UP_MS = 32_000;

  private final ScheduledExecutorService timer;
  private final Map<String, AtomicBoolean> running = new ConcurrentHashMap<>();

  Repeats(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /** Begins to repeat; {@code what} names it. */
  void start(String what, Runnable send) {
    AtomicBoolean wanted = new AtomicBoolean(true);
    running.put(what, wanted);
    later(wanted, send, T1_MS, 0);
  }

  private void later(AtomicBoolean wanted, Runnable send, long delayMs, long spentMs) {
    if (timer.isShutdown() || spentMs > GIVE_UP_MS) {
      return;
    }
    Future<?> unused =
        timer.schedule(
            () -> {
              if (wanted.get()) {
                send.run();
                later(wanted, send, Math.min(T2_MS, 2 * delayMs), spentMs + delayMs);
              }
            },
            delayMs,
            TimeUnit.MILLISECONDS);
  }

  void stop(String what) {
    AtomicBoolean wanted = running.remove(what);
    if (wanted != null) {
      wanted.set(false);
    }
  }

  void stopAll() {
    running.keySet().forEach(this::stop);
  }
}
