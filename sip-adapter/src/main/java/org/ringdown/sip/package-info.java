/**
 * The SIP side: every SIP socket, and calls, registrations and texts over them. {@link
 * org.ringdown.sip.SipEndpoint} is where the gateway begins; what it speaks of stands in {@code
 * leg}, {@code register}, {@code text}, {@code message}, {@code transport} and {@code challenge}.
 * JAIN-SIP's types go no further than this module. This package may import all others below it,
 * none of them imports it.
 */
@NullMarked
package org.ringdown.sip;

import org.jspecify.annotations.NullMarked;
