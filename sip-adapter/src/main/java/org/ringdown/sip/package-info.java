/**
 * The SIP side: a user agent, a registrar's front and a trunk's partner on JAIN-SIP. {@link
 * org.ringdown.sip.SipEndpoint} owns every SIP socket; {@link org.ringdown.sip.SipHandler} hears
 * what arrives; a {@link org.ringdown.sip.SipLeg} is one INVITE dialog. SDP passes through as an
 * opaque string. May import its own child packages and JAIN-SIP, nothing else of Ringdown. Start
 * reading at {@code SipEndpoint}.
 */
@NullMarked
package org.ringdown.sip;

import org.jspecify.annotations.NullMarked;
