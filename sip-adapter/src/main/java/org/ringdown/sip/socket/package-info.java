/**
 * The sockets under JAIN-SIP: connections by TCP and TLS that come about in a bounded time, are
 * watched, limited and kept alive, and by TLS lead to whom they are meant for. Imports of JAIN-SIP
 * the interface of its sockets, and of Ringdown {@code sip.log}, {@code sip.tls} and {@code
 * sip.work}. Start reading at {@code SipSockets}.
 */
@NullMarked
package org.ringdown.sip.socket;

import org.jspecify.annotations.NullMarked;
