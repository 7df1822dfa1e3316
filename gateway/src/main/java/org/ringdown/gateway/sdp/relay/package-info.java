/**
 * Offers and answers passed from one side of a call to the other (RFC 3264): what the called side
 * is offered, and what the caller is told. Imports {@code sdp.stream}. Start at {@link
 * org.ringdown.gateway.sdp.relay.RelayedOffer}.
 */
@NullMarked
package org.ringdown.gateway.sdp.relay;

import org.jspecify.annotations.NullMarked;
