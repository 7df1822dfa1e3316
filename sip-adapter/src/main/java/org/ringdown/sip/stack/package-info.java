/**
 * JAIN-SIP set up the way we need it, and what we put in the place of its parts: parser, sockets,
 * router and log. Imports JAIN-SIP, and of Ringdown {@code sip.tls} only. Start reading at {@code
 * JainStack}.
 */
@NullMarked
package org.ringdown.sip.stack;

import org.jspecify.annotations.NullMarked;
