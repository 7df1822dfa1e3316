/**
 * The ICE-lite agent (RFC 8445 section 2.5), STUN messages (RFC 8489) and candidates, behind one
 * UDP port for all peers. A leaf: imports nothing of Ringdown.
 */
@NullMarked
package org.ringdown.webrtc.ice;

import org.jspecify.annotations.NullMarked;
