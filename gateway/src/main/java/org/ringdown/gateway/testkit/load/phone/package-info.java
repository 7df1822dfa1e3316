/**
 * Many SIP phones behind one UDP socket, as light as they can be: they register, call, answer and
 * hang up, repeat what is lost, and know nothing else. They also are the registrar of gateways that
 * register their users with one. Start reading at {@link
 * org.ringdown.gateway.testkit.load.phone.PhoneBank}.
 */
@NullMarked
package org.ringdown.gateway.testkit.load.phone;

import org.jspecify.annotations.NullMarked;
