package org.ringdown.gateway.testkit.run;

import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.script.Place;

/**
 * What became of one step.
 *
 * @param text the step with its variables filled in
 * @param nanos when it began, since the run did
 * @param lastedNanos how long it took
 * @param failure what went wrong; null if nothing did
 */
public record StepResult(
    Place place, String text, long nanos, long lastedNanos, @Nullable String failure) {
  /** Why a step or a run failed that somebody ended. */
  static final String INTERRUPTED = "interrupted";

  /** Whether it failed only because somebody ended the run. */
  public boolean interrupted() {
    return INTERRUPTED.equals(failure);
  }
}
