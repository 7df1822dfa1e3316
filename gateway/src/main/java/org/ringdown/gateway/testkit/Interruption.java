package org.ringdown.gateway.testkit;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C while scripts are played: the thread that plays them is interrupted, and the program ends
 * only when actors have hung up and what was played is reported. Closed then.
 */
final class Interruption implements AutoCloseable {
  /** How the shell names a program that Ctrl-C ended. */
  static final int STATUS = 130;

  private static final long PATIENCE_SECONDS = 30;

  private final Thread player;
  private final CountDownLatch reported = new CountDownLatch(1);

  private Interruption(Thread player) {
    this.player = player;
  }

  /** Of what this thread does from now on. */
  static Interruption ofThisThread() {
    Interruption interruption = new Interruption(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::end, "interruption"));
    return interruption;
  }

  private void end() {
    if (reported.getCount() == 0) {
      return; // it ended by itself
    }
    player.interrupt();
    try {
      reported.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    reported.countDown();
  }
}
