package org.ringdown.webrtc.signaling;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what concerns one session, one thing at a time and in order, on a shared executor. What runs
 * in it needs no lock. Safe from any thread; a task may post further ones, which run after it.
 */
public final class SerialMailbox {
  private static final Logger log = LoggerFactory.getLogger(SerialMailbox.class);

  private final Executor executor;
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private boolean running;

  /** Runs on threads of {@code executor}. */
  public SerialMailbox(Executor executor) {
    this.executor = executor;
  }

  /** Runs {@code task} after everything posted before. */
  public void post(Runnable task) {
    synchronized (tasks) {
      tasks.add(task);
      if (running) {
        return;
      }
      running = true;
    }
    start();
  }

  /** An executor that has been shut down takes nothing: nobody is left to be told. */
  private void start() {
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException e) {
      synchronized (tasks) {
        tasks.clear();
        running = false;
      }
    }
  }

  private void drain() {
    for (Runnable task = next(); task != null; task = next()) {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        log.error("A session's task failed; the session goes on", e);
      }
    }
  }

  private @Nullable Runnable next() {
    synchronized (tasks) {
      Runnable task = tasks.poll();
      running = task != null;
      return task;
    }
  }
}
