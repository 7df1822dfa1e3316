/**
 * The browser protocol: the sealed alphabets {@code ClientMessage} and {@code ServerMessage}, their
 * JSON codec, and a session of numbered events. A leaf: imports nothing else of Ringdown.
 */
@NullMarked
package org.ringdown.webrtc.signaling;

import org.jspecify.annotations.NullMarked;
