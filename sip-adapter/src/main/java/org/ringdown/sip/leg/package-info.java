/**
 * A call as the gateway sees it: {@link org.ringdown.sip.leg.SipLeg} and what it is begun with
 * ({@link org.ringdown.sip.leg.Invite}, {@link org.ringdown.sip.leg.Dial}), told, and ended with.
 * Start with {@link org.ringdown.sip.leg.SipLeg}, which has the promises.
 */
@NullMarked
package org.ringdown.sip.leg;

import org.jspecify.annotations.NullMarked;
