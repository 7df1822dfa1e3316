/**
 * A leg that speaks SIP, to a phone or over a trunk, in both directions. Start with {@code
 * SipBridgeLeg}.
 */
@NullMarked
package org.ringdown.gateway.bridge.phone;

import org.jspecify.annotations.NullMarked;
