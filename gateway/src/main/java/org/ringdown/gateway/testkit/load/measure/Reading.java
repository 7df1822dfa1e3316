package org.ringdown.gateway.testkit.load.measure;

/**
 * What a program uses at a moment.
 *
 * @param nanos when, as {@link System#nanoTime} has it
 * @param cpuSeconds of all its threads since it was started
 * @param memoryKiB what it has resident
 * @param threads how many it has
 * @param files how many descriptors it has open, sockets among them
 * @param ports how many UDP and listening TCP ports it has
 */
public record Reading(
    long nanos, double cpuSeconds, long memoryKiB, int threads, int files, int ports) {
  /** How much of one core it used since another reading, in percent. */
  public double cpuPercentSince(Reading earlier) {
    double seconds = (nanos - earlier.nanos) / 1e9;
    return seconds <= 0 ? 0 : 100 * (cpuSeconds - earlier.cpuSeconds) / seconds;
  }
}
