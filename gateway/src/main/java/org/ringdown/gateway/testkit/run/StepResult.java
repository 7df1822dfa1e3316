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
    Place place, String text, long nanos, long lastedNanos, @Nullable String failure) {}
