package org.ringdown.gateway.bridge;

import org.jspecify.annotations.Nullable;

/**
 * Somebody wants to call somebody.
 *
 * @param caller who
 * @param dialled what was dialled, as written
 * @param offer the caller's SDP; null if it asks to be offered to (RFC 3261 section 13.2.1)
 * @param passed what came with it
 */
record Attempt(Party caller, String dialled, @Nullable String offer, Passed passed) {}
