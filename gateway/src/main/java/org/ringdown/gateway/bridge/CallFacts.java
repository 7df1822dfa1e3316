package org.ringdown.gateway.bridge;

import org.ringdown.gateway.call.CallId;
import org.ringdown.sip.NameAddress;

/**
 * What is known of a call from its beginning.
 *
 * @param id its name
 * @param from the caller as the called devices are shown it
 * @param to what was dialled
 */
public record CallFacts(CallId id, NameAddress from, String to) {}
