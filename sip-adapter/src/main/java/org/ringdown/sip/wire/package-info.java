/**
 * SIP as plain text on a plain socket, for peers that do exactly what a script says and may break
 * any rule of the protocol. The gateway itself speaks through {@code org.ringdown.sip}. A leaf:
 * imports nothing of Ringdown.
 */
@NullMarked
package org.ringdown.sip.wire;

import org.jspecify.annotations.NullMarked;
