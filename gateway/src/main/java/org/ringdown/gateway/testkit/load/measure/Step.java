package org.ringdown.gateway.testkit.load.measure;

import org.jspecify.annotations.Nullable;

/**
 * One rate of calls, and what came of it.
 *
 * @param rate calls begun each second
 * @param seconds for how long
 * @param tally what became of them
 * @param cost what they cost the gateway; null if its process is not known
 */
public record Step(double rate, double seconds, Tally tally, @Nullable Cost cost) {
  /**
   * What a step cost.
   *
   * @param cpuMsPerCall CPU of the gateway for each call that was begun
   * @param cpuPercent CPU of the gateway, of one core
   * @param cpuMicrosPerPacket CPU while calls were only held, for each packet that arrived; 0 if
   *     there were none
   * @param heldKiB memory of each call that was held at the end; 0 if that was not measured
   */
  public record Cost(
      double cpuMsPerCall, double cpuPercent, double cpuMicrosPerPacket, double heldKiB) {}
}
