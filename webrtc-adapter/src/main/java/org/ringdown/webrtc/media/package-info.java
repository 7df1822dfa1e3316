/**
 * The one UDP port behind which every browser's ICE, DTLS and SRTP end: {@link
 * org.ringdown.webrtc.media.PeerTransports} is the port, a {@link
 * org.ringdown.webrtc.media.PeerTransport} the path of one browser. Packets pass from socket to
 * socket. May import {@code ice}, {@code dtls} and {@code srtp}. Start reading at {@code
 * BundledTransport}.
 */
@NullMarked
package org.ringdown.webrtc.media;

import org.jspecify.annotations.NullMarked;
