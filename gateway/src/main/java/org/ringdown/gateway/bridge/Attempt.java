package org.ringdown.gateway.bridge;

import org.ringdown.gateway.routing.Origin;
import org.ringdown.sip.NameAddress;

/**
 * Somebody wants to call somebody.
 *
 * @param origin who, as far as it was proved
 * @param from the caller as the called devices are to be shown it
 * @param device the calling device, which is not to ring itself
 * @param dialled what was dialled, as written
 * @param offer the caller's SDP
 */
record Attempt(Origin origin, NameAddress from, String device, String dialled, String offer) {}
