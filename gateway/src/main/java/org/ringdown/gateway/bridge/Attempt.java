package org.ringdown.gateway.bridge;

import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.routing.Origin;
import org.ringdown.gateway.trunk.Caller;

/**
 * Somebody wants to call somebody.
 *
 * @param origin who, as far as it was proved
 * @param caller the caller, and whether it is to be shown
 * @param device the calling device, which is not to ring itself
 * @param dialled what was dialled, as written
 * @param offer the caller's SDP; null if it asks to be offered to (RFC 3261 section 13.2.1)
 * @param passed what came with the call
 */
record Attempt(
    Origin origin,
    Caller caller,
    String device,
    String dialled,
    @Nullable String offer,
    Passed passed) {}
