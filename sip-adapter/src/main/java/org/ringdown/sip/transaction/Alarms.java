package org.ringdown.sip.transaction;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs short tasks later, on one thread. Safe from any thread. */
public final class Alarms {
  private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);

  private final ScheduledExecutorService timer;

  /** Alarms on this timer. */
  public Alarms(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /** A task that may still be taken back. */
  public interface Alarm {
    void cancel();
  }

  /** No alarm. */
  public static final Alarm NONE = () -> {};

  /** Runs a task that only posts to a mailbox; without effect once the endpoint is closed. */
  public Alarm in(Duration delay, Runnable task) {
    try {
      Future<?> set = timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
      return () -> set.cancel(false);
    } catch (RejectedExecutionException e) {
      LOG.debug("endpoint closed, no alarm set");
      return NONE;
    }
  }
}
