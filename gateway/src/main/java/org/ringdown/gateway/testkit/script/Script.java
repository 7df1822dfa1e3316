package org.ringdown.gateway.testkit.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One file.
 *
 * @param name what it shows, one sentence
 * @param gateway the gateway that it has to itself; null if any will do
 * @param limit how long an expectation waits that names no time
 * @param variables names and values, those of the command line among them
 * @param cases the script is played once for each; one empty row if it has no table
 */
public record Script(
    Place place,
    String name,
    @Nullable GatewayPlan gateway,
    Duration limit,
    ImmutableMap<String, String> variables,
    ImmutableList<ImmutableMap<String, String>> cases,
    ImmutableMap<String, ActorPlan> actors,
    Acts acts) {
  /**
   * What happens.
   *
   * @param setUp before; if it fails the steps are left out
   * @param steps what is tested
   * @param tearDown always, whatever became of the others
   */
  public record Acts(
      ImmutableList<Step> setUp, ImmutableList<Step> steps, ImmutableList<Step> tearDown) {}
}
