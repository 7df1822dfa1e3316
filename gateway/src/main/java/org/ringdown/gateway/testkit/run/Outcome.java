package org.ringdown.gateway.testkit.run;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.script.Script;
import org.ringdown.gateway.testkit.stage.Happening;

/**
 * What became of one run.
 *
 * @param title the script's name and the row of its table
 * @param failure the first that went wrong; null if all went well
 * @param steps in the order in which they ended
 * @param happenings what went over the wires
 */
public record Outcome(
    Script script,
    String title,
    Duration lasted,
    @Nullable String failure,
    ImmutableList<StepResult> steps,
    ImmutableList<Happening> happenings) {
  /** Whether all went well. */
  public boolean passed() {
    return failure == null;
  }
}
