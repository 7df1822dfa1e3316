/**
 * JAIN-SIP set up the way we need it, and what we put in the place of its parts: parser, reader of
 * datagrams, router and timer. Imports JAIN-SIP, and of Ringdown {@code sip.socket}, {@code
 * sip.log}, {@code sip.tls} and {@code sip.work}. Start reading at {@code JainStack}.
 */
@NullMarked
package org.ringdown.sip.stack;

import org.jspecify.annotations.NullMarked;
