/**
 * What stands in SIP messages: written by {@link org.ringdown.sip.message.SipMessages}, read by
 * {@link org.ringdown.sip.message.Requests} and {@link org.ringdown.sip.message.Bodies}. A status,
 * a name with its URI, a reason: the words that the whole house uses. Imports only {@code stack}.
 */
@NullMarked
package org.ringdown.sip.message;

import org.jspecify.annotations.NullMarked;
