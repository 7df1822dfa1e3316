/**
 * The web side: {@link org.ringdown.webrtc.WebRtcEndpoint} serves the pages and the WebSocket, a
 * {@link org.ringdown.webrtc.WebRtcSession} is one signed-in page, a {@link
 * org.ringdown.webrtc.WebRtcLeg} one call of it, and {@link org.ringdown.webrtc.PeerTransports} the
 * one UDP port behind which every browser's ICE, DTLS and SRTP end. SDP passes through as an opaque
 * string. May import its own child packages, nothing else of Ringdown. Start reading at {@code
 * WebRtcEndpoint}.
 */
@NullMarked
package org.ringdown.webrtc;

import org.jspecify.annotations.NullMarked;
