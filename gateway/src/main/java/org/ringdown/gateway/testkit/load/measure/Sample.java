package org.ringdown.gateway.testkit.load.measure;

import org.jspecify.annotations.Nullable;

/**
 * One second of a run.
 *
 * @param second since the begin of the run
 * @param rate the calls begun each second that were asked for
 * @param started calls, registrations and sign-ins begun in this second
 * @param failed those that failed in it
 * @param up calls that are up
 * @param cpuPercent of one core, of the gateway; null if its process is not known
 * @param loadCpuPercent of one core, of this program
 * @param used what the gateway uses; null if its process is not known
 */
public record Sample(
    int second,
    double rate,
    long started,
    long failed,
    int up,
    @Nullable Double cpuPercent,
    double loadCpuPercent,
    @Nullable Reading used) {}
