/**
 * A SIP phone on plain text that obeys a script, keeps the rules of a user agent where the script
 * says nothing, and breaks them where it says so. Start reading at {@link
 * org.ringdown.gateway.testkit.sip.SipPhone}.
 */
@NullMarked
package org.ringdown.gateway.testkit.sip;

import org.jspecify.annotations.NullMarked;
