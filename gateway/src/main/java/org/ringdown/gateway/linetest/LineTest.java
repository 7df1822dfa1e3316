package org.ringdown.gateway.linetest;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.linetest.Finding.Step;
import org.ringdown.gateway.linetest.Finding.Verdict;
import org.ringdown.sip.rtp.RtpPortRange;

/**
 * One call to a test number. It is answered, a tone is played that an echo brings back, sound is
 * listened for, keys are pressed, and it hangs up. Each step has its time, and all is over within
 * 40 seconds. Safe from any thread: everything runs on the timer's one thread.
 */
public final class LineTest {
  /** Neither the tone that test numbers play nor any of a key (ITU-T Q.23). */
  private static final int OWN_HZ = 600;

  private static final String KEYS = "159";
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration ECHO = Duration.ofSeconds(2);
  private static final Duration SOUND = Duration.ofSeconds(4);
  private static final Duration DIGITS = Duration.ofSeconds(2);
  private static final long LOOK_MS = 50;

  private final Executor turn;
  private final Future<?> ticking;
  private final Line line;
  private final TestPhone phone;
  private Phase phase = Phase.CALLING;
  private long began = System.nanoTime();
  private boolean passed = true;

  /** The call, and who hears of it. */
  public interface Line {
    /** What is found, each step once, in order. */
    void found(Finding finding);

    /** Ends the call. */
    void hangUp();

    /** All is over; last, once. */
    void over(boolean passed);
  }

  private enum Phase {
    CALLING,
    LISTENING,
    PRESSING,
    OVER
  }

  /**
   * A test whose call is to begin with {@link #offer}.
   *
   * @param ports where its sound goes
   * @param timer its thread, of which there is one
   * @throws IOException if there is no port
   */
  public LineTest(RtpPortRange ports, ScheduledExecutorService timer, Line line)
      throws IOException {
    this.line = line;
    this.turn = timer;
    phone = new TestPhone(ports, timer);
    ticking = timer.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
  }

  /** The SDP of the call. */
  public String offer() {
    return phone.offer();
  }

  /** The test number has answered. */
  public void answered(String sdp) {
    turn.execute(
        () -> {
          if (phase == Phase.CALLING && phone.take(sdp)) {
            phone.mouth().play(OWN_HZ);
            found(Step.CALL, Verdict.PASSED, "The test number answers.", null);
            enter(Phase.LISTENING);
          }
        });
  }

  /** The call is over, and not by us. */
  public void ended(EndReason reason) {
    turn.execute(
        () -> {
          boolean unanswered = phase == Phase.CALLING;
          String text =
              unanswered ? "The test number does not answer." : "The other side ended the call.";
          if (phase != Phase.OVER) {
            found(unanswered ? Step.CALL : Step.END, Verdict.FAILED, text, reason);
            over();
          }
        });
  }

  private void enter(Phase next) {
    phase = next;
    began = System.nanoTime();
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private boolean isLaterThan(Duration time) {
    return elapsed().compareTo(time) > 0;
  }

  private void found(Step step, Verdict verdict, String text, @Nullable EndReason reason) {
    passed &= verdict != Verdict.FAILED;
    line.found(new Finding(step, verdict, elapsed(), text, reason));
  }

  private void look() {
    switch (phase) {
      case CALLING -> {
        if (isLaterThan(ANSWER)) {
          found(Step.CALL, Verdict.FAILED, "The test number does not answer in 30 s.", null);
          hangUp();
        }
      }
      case LISTENING -> listen();
      case PRESSING -> press();
      case OVER -> {}
    }
  }

  private void listen() {
    if (phone.ear().hears(OWN_HZ)) {
      found(Step.SOUND, Verdict.PASSED, "Our tone comes back: sound passes both ways.", null);
      beginToPress();
    } else if (isLaterThan(ECHO) && phone.ear().hearsAnything()) {
      String heard = "The other side is heard: " + phone.ear().describe() + ".";
      found(Step.SOUND, Verdict.PASSED, heard, null);
      beginToPress();
    } else if (isLaterThan(SOUND)) {
      String heard = "Nothing is heard of the other side: " + phone.ear().describe() + ".";
      found(Step.SOUND, Verdict.FAILED, heard, null);
      end();
    }
  }

  private void beginToPress() {
    enter(Phase.PRESSING);
    if (!phone.mouth().press(KEYS)) {
      found(Step.DIGITS, Verdict.UNKNOWN, "The other side takes no digits.", null);
      end();
    }
  }

  private void press() {
    if (phone.ear().digits().startsWith(KEYS)) {
      found(Step.DIGITS, Verdict.PASSED, "The digits that we sent come back.", null);
      end();
    } else if (isLaterThan(DIGITS)) {
      String text = "Digits were sent; this number does not send them back.";
      found(Step.DIGITS, Verdict.UNKNOWN, text, null);
      end();
    }
  }

  /** The call has gone on as long as it was wanted. */
  private void end() {
    found(Step.END, Verdict.PASSED, "The call is ended.", null);
    hangUp();
  }

  private void hangUp() {
    line.hangUp();
    over();
  }

  private void over() {
    phase = Phase.OVER;
    ticking.cancel(false);
    phone.close();
    line.over(passed);
  }
}
