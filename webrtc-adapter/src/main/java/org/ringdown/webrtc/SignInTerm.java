package org.ringdown.webrtc;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.ringdown.webrtc.signaling.SerialMailbox;
import org.ringdown.webrtc.signaling.Timers;

/**
 * How long a session's sign-in holds: gives notice before it ends, and says when it has ended.
 * Belongs to the session's mailbox, in which the listener is called.
 */
final class SignInTerm {
  private final SerialMailbox mailbox;
  private final Timers timers;
  private final Duration notice;
  private final Listener listener;
  private Timers.@Nullable Timer timer;
  private int terms;

  SignInTerm(SerialMailbox mailbox, Timers timers, Duration notice, Listener listener) {
    this.mailbox = mailbox;
    this.timers = timers;
    this.notice = notice;
    this.listener = listener;
  }

  /** A term begins, in place of the one before; null for one without an end. */
  void begin(@Nullable Duration validFor) {
    cancel();
    if (validFor == null) {
      return;
    }
    Duration quiet = validFor.minus(notice);
    if (quiet.isNegative()) {
      giveNotice(validFor);
    } else {
      after(quiet, () -> giveNotice(notice));
    }
  }

  private void giveNotice(Duration left) {
    listener.onExpiring(left.toSeconds());
    after(left, listener::onExpired);
  }

  private void after(Duration delay, Runnable step) {
    int term = terms;
    timer =
        timers.after(
            delay,
            () ->
                mailbox.post(
                    () -> {
                      if (term == terms) {
                        step.run();
                      }
                    }));
  }

  /** Nothing is said any more. */
  void cancel() {
    terms++;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /** Hears of the end. */
  interface Listener {
    /** So many seconds are left. */
    void onExpiring(long seconds);

    /** The sign-in holds no longer. */
    void onExpired();
  }
}
