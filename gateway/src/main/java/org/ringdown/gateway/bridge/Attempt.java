package org.ringdown.gateway.bridge;

import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.routing.Origin;
import org.ringdown.sip.NameAddress;

/**
 * Somebody wants to call somebody.
 *
 * @param origin who, as far as it was proved
 * @param from the caller as the called devices are to be shown it
 * @param device the calling device, which is not to ring itself
 * @param dialled what was dialled, as written
 * @param offer the caller's SDP; null if it asks to be offered to (RFC 3261 section 13.2.1)
 */
record Attempt(
    Origin origin, NameAddress from, String device, String dialled, @Nullable String offer) {}
