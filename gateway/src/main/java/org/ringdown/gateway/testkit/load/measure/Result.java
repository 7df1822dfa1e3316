package org.ringdown.gateway.testkit.load.measure;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A whole run.
 *
 * @param began when
 * @param about what was run, where and on which machine, by name
 * @param entry registrations and sign-ins before the load
 * @param sessionKiB memory of each page that is signed in and idle; null if that was not measured
 * @param steps the load, a rate after the other
 * @param highest the highest steady rate in calls a second; null if it was not looked for
 * @param samples each second
 * @param checks the limits
 */
public record Result(
    Instant began,
    ImmutableMap<String, String> about,
    Tally entry,
    @Nullable Double sessionKiB,
    ImmutableList<Step> steps,
    @Nullable Double highest,
    ImmutableList<Sample> samples,
    ImmutableList<Check> checks) {

  /** Whether all limits were kept. */
  public boolean passed() {
    return checks.stream().allMatch(Check::kept);
  }
}
