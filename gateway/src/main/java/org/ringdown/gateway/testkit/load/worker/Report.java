package org.ringdown.gateway.testkit.load.worker;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.load.measure.Tally;

/**
 * What a worker says.
 *
 * @param phase where it is
 * @param up how many of its calls are up
 * @param counted its tally, as {@link Tally#encoded} has it; null if there is none
 * @param problem what went wrong; null if nothing did
 */
record Report(
    Phase phase, int up, @Nullable Map<String, Object> counted, @Nullable String problem) {
  /** Where a worker is. */
  enum Phase {
    /** In the middle of it. */
    GOING,
    /** The time of a load is over; it waits for {@link Order#goOn} to hang up. */
    ENDING,
    /** Done with its order. */
    DONE,
    /** Cannot do it. */
    FAILED
  }
}
