package org.ringdown.gateway.testkit.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/** One thing to do. */
public sealed interface Step {
  /** Where it stands. */
  Place place();

  /**
   * An actor does something.
   *
   * @param sentence with variables not filled in
   */
  record Act(Place place, String actor, String sentence, Options options) implements Step {}

  /** Nothing happens for a while. */
  record Pause(Place place, String time) implements Step {}

  /** Each of the steps goes on by itself; over when all are. */
  record Together(Place place, ImmutableList<Step> steps) implements Step {}

  /**
   * Steps in order, once for each row.
   *
   * @param rows variables; one empty row for steps that are merely grouped
   */
  record Each(
      Place place, ImmutableList<ImmutableMap<String, String>> rows, ImmutableList<Step> steps)
      implements Step {}
}
