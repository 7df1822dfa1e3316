/**
 * What a phone of a call script says and hears, as text: messages being written, and how a script
 * speaks of those that come. Knows no socket. Start reading at {@link
 * org.ringdown.gateway.testkit.sip.message.Draft}.
 */
@NullMarked
package org.ringdown.gateway.testkit.sip.message;

import org.jspecify.annotations.NullMarked;
