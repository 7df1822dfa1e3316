package org.ringdown.webrtc.signaling;

import java.time.Duration;

/** Wakes later. Safe from any thread. */
@FunctionalInterface
public interface Timers {
  /** Runs {@code task} once after {@code delay}. It must not block. */
  Timer after(Duration delay, Runnable task);

  /** One wake-up that is waiting. */
  @FunctionalInterface
  interface Timer {
    /** Forgets it. Harmless when it has run. */
    void cancel();
  }
}
