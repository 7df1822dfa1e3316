package org.ringdown.webrtc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ringdown.webrtc.signaling.SerialMailbox;
import org.ringdown.webrtc.signaling.Timers;

/**
 * The time that a session is without a connection. Its calls are given up sooner if its page has
 * said that it goes, because a reload brings it back at once. Belongs to the session's mailbox, in
 * which the listener is called.
 */
final class Absence {
  private final SerialMailbox mailbox;
  private final Timers timers;
  private final WebRtcConfig.Grace grace;
  private final Listener listener;
  private final List<Timers.Timer> running = new ArrayList<>();
  private int absences;

  Absence(SerialMailbox mailbox, Timers timers, WebRtcConfig.Grace grace, Listener listener) {
    this.mailbox = mailbox;
    this.timers = timers;
    this.grace = grace;
    this.listener = listener;
  }

  /**
   * The connection is gone.
   *
   * @param left whether the page went away, and not only its connection
   */
  void begin(boolean left) {
    end();
    if (left && grace.reload().compareTo(grace.resume()) < 0) {
      after(grace.reload(), listener::onNotReloaded);
    }
    after(grace.resume(), listener::onNotResumed);
  }

  private void after(Duration delay, Runnable step) {
    int absence = absences;
    running.add(
        timers.after(
            delay,
            () ->
                mailbox.post(
                    () -> {
                      if (absence == absences) {
                        step.run();
                      }
                    })));
  }

  /** There is a connection again, or the session is over. */
  void end() {
    absences++;
    running.forEach(Timers.Timer::cancel);
    running.clear();
  }

  /** Hears what the page has missed. */
  interface Listener {
    /** A page that went away was not loaded anew. */
    void onNotReloaded();

    /** No page has come back. */
    void onNotResumed();
  }
}
