package org.ringdown.sip.transaction;

import com.google.common.util.concurrent.MoreExecutors;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what concerns one leg, one task after the other in the order posted, on a shared pool:
 * JAIN-SIP's threads deliver the messages of one dialog in parallel, and only hand them in here.
 * Safe from any thread.
 */
public final class Mailbox {
  private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

  private final Executor serial;

  /** A mailbox whose tasks run on this pool, one at a time. */
  public Mailbox(Executor pool) {
    this.serial = MoreExecutors.newSequentialExecutor(pool);
  }

  /**
   * Runs a task later; a fault of it, a recursion too deep among them, is {@code failed}'s. Without
   * effect once the endpoint is closed.
   */
  public void post(Runnable task, Consumer<Throwable> failed) {
    post(
        () -> {
          try {
            task.run();
          } catch (RuntimeException | StackOverflowError e) {
            failed.accept(e);
          }
        });
  }

  /** Runs a task later; without effect once the endpoint is closed. */
  public void post(Runnable task) {
    try {
      serial.execute(() -> run(task));
    } catch (RejectedExecutionException e) {
      LOG.debug("endpoint closed, a task of a leg is dropped");
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("a leg failed", e);
    }
  }
}
