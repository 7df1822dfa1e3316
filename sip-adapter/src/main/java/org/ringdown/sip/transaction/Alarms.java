package org.ringdown.sip.transaction;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs short tasks later. Safe from any thread. */
public interface Alarms {

  /** A task that may still be taken back. */
  interface Alarm {
    void cancel();
  }

  /** No alarm. */
  Alarm NONE = () -> {};

  /** Runs a task that only posts to a mailbox; without effect once the endpoint is closed. */
  Alarm in(Duration delay, Runnable task);

  /** Alarms on the threads of this timer. */
  static Alarms on(ScheduledExecutorService timer) {
    Logger log = LoggerFactory.getLogger(Alarms.class);
    return (delay, task) -> {
      try {
        Future<?> set = timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> set.cancel(false);
      } catch (RejectedExecutionException e) {
        log.debug("endpoint closed, no alarm set");
        return NONE;
      }
    };
  }
}
