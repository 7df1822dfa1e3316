package org.ringdown.gateway.testkit.sound;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.ringdown.gateway.testkit.stage.StepFailure;
import org.ringdown.gateway.testkit.stage.Trace;

/** Waits for sound. Safe from any thread. */
public final class Hearing {
  private static final Duration SILENCE = Duration.ofMillis(500);
  private static final Duration SETTLE = Duration.ofMillis(300);

  private final Trace trace;
  private final String actor;

  /** For one actor. */
  public Hearing(Trace trace, String actor) {
    this.trace = trace;
    this.actor = actor;
  }

  /** Waits for a tone in what comes from now on. */
  public void tone(Ear ear, int hz, Duration within) throws StepFailure, InterruptedException {
    ear.forgetSound();
    if (trace.await(within, () -> ear.hears(hz) ? Optional.of(hz) : Optional.empty()).isEmpty()) {
      throw new StepFailure(
          "no "
              + hz
              + " Hz within "
              + Trace.seconds(within)
              + "; "
              + actor
              + " hears "
              + ear.describe());
    }
    trace.note(actor, "hears " + hz + " Hz");
  }

  /** Waits until sound stops, at most a moment, and then that it stays so. */
  public void nothing(Ear ear, Optional<Duration> lasting)
      throws StepFailure, InterruptedException {
    Supplier<Optional<Boolean>> sound =
        () -> ear.hearsAnything() ? Optional.of(true) : Optional.empty();
    trace.await(SETTLE, () -> ear.hearsAnything() ? Optional.empty() : Optional.of(true));
    ear.forgetSound();
    if (trace.await(lasting.orElse(SILENCE), sound).isPresent()) {
      throw new StepFailure("not silence; " + actor + " hears " + ear.describe());
    }
  }

  /** Waits for digits, the next ones and no others. */
  public void digits(Supplier<String> heard, String wanted, Duration within)
      throws StepFailure, InterruptedException {
    Optional<String> found =
        trace.await(
            within,
            () -> Optional.of(heard.get()).filter(text -> text.length() >= wanted.length()));
    if (found.filter(text -> text.startsWith(wanted)).isEmpty()) {
      String got = heard.get();
      throw new StepFailure(
          "not the digits "
              + wanted
              + " within "
              + Trace.seconds(within)
              + "; "
              + (got.isEmpty() ? "none came" : "came: " + got));
    }
  }
}
