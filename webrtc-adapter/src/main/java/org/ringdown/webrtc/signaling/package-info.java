/**
 * The browser protocol: the sealed alphabets {@link org.ringdown.webrtc.signaling.ClientMessage}
 * and {@link org.ringdown.webrtc.signaling.ServerMessage}, their JSON codec, and the memory of a
 * session: numbered events, replies, a serial mailbox. A leaf: imports nothing else of Ringdown.
 * Start reading at {@code ClientMessage}.
 */
@NullMarked
package org.ringdown.webrtc.signaling;

import org.jspecify.annotations.NullMarked;
