package org.ringdown.gateway.testkit.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C while a load goes on: it ends early, its result is printed all the same, and nothing stays
 * behind. Closed when the result is printed.
 */
final class EarlyEnd implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final Session session;
  private final CountDownLatch printed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::end, "early-end");

  private EarlyEnd(Session session) {
    this.session = session;
  }

  static EarlyEnd of(Session session) {
    EarlyEnd end = new EarlyEnd(session);
    Runtime.getRuntime().addShutdownHook(end.hook);
    return end;
  }

  private void end() {
    session.endEarly();
    try {
      if (!printed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        session.abandon();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    printed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // it runs
    }
  }
}
