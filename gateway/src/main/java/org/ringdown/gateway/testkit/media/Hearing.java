package org.ringdown.gateway.testkit.media;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.ringdown.gateway.sound.Ear;
import org.ringdown.gateway.testkit.stage.StepFailure;
import org.ringdown.gateway.testkit.stage.Trace;

/** Waits for sound. Safe from any thread. */
public final class Hearing {
  /** How long there must be no sound unless a script says. */
  public static final Duration SILENCE = Duration.ofMillis(500);

  /** How long sound may take to fade away. */
  public static final Duration SETTLE = Duration.ofSeconds(1);

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
    boolean heard =
        trace.await(within, () -> ear.hears(hz) ? Optional.of(true) : Optional.empty()).isPresent();
    judgeTone(hz, within, heard ? Optional.empty() : Optional.of(ear.describe()));
  }

  /**
   * Says that a tone is heard, or fails.
   *
   * @param instead what is heard instead, if it is not
   */
  public void judgeTone(int hz, Duration within, Optional<String> instead) throws StepFailure {
    if (instead.isPresent()) {
      throw new StepFailure(
          "no "
              + hz
              + " Hz within "
              + Trace.seconds(within)
              + "; "
              + actor
              + " hears "
              + instead.get());
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
    boolean loud = trace.await(lasting.orElse(SILENCE), sound).isPresent();
    judgeSilence(loud ? Optional.of(ear.describe()) : Optional.empty());
  }

  /**
   * Fails if something is heard.
   *
   * @param what what it is
   */
  public void judgeSilence(Optional<String> what) throws StepFailure {
    if (what.isPresent()) {
      throw new StepFailure("not silence; " + actor + " hears " + what.get());
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
