package org.ringdown.gateway.bridge.session;

import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.leg.Party;
import org.ringdown.gateway.bridge.leg.Passed;

/**
 * Somebody wants to call somebody.
 *
 * @param caller who
 * @param dialled what was dialled, as written
 * @param offer the caller's SDP; null if it asks to be offered to (RFC 3261 section 13.2.1)
 * @param passed what came with it
 */
public record Attempt(Party caller, String dialled, @Nullable String offer, Passed passed) {}
