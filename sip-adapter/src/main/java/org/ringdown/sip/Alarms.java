package org.ringdown.sip;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs short tasks later, on one thread. Safe from any thread. */
final class Alarms {
  private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);

  private final ScheduledExecutorService timer;

  Alarms(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /** Runs a task that only posts to a mailbox; without effect once the endpoint is closed. */
  void in(Duration delay, Runnable task) {
    try {
      var unused = timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("endpoint closed, no alarm set");
    }
  }
}
