/**
 * The SIP side's actors: softphones, SIPp and a wire that loses packets. Imports the sound and
 * process packages only. Start reading at {@link org.ringdown.gateway.e2e.sip.Baresip}.
 */
@NullMarked
package org.ringdown.gateway.e2e.sip;

import org.jspecify.annotations.NullMarked;
