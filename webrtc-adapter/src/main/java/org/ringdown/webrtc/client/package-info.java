/**
 * A browser's media side without a browser: a full ICE agent in the controlling role (RFC 8445),
 * DTLS in either role and SRTP over one UDP socket. Test tools call the gateway with it; the
 * gateway itself never does. Imports the leaves {@code ice}, {@code dtls} and {@code srtp}; start
 * reading at {@link org.ringdown.webrtc.client.WebRtcClient}.
 */
@NullMarked
package org.ringdown.webrtc.client;

import org.jspecify.annotations.NullMarked;
