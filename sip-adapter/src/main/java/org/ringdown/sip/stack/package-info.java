/**
 * JAIN-SIP set up the way we need it, and what we put in the place of its parts: parser, sockets,
 * router and log. A leaf: imports JAIN-SIP, nothing of Ringdown. Start reading at {@code
 * JainStack}.
 */
@NullMarked
package org.ringdown.sip.stack;

import org.jspecify.annotations.NullMarked;
