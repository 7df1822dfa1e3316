package org.ringdown.gateway.call;

import java.time.Duration;

/**
 * How long a call may stay in each state; each is positive.
 *
 * @param setup from the offer to the first sign of the callee
 * @param ring from then to the answer
 * @param confirm from the answer to the caller's confirmation
 * @param talk the longest call
 */
public record CallTimers(Duration setup, Duration ring, Duration confirm, Duration talk) {}
