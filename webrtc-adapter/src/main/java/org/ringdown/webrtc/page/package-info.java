/**
 * The calls of a page: {@link org.ringdown.webrtc.page.WebRtcHandler} hears what pages ask, a
 * {@link org.ringdown.webrtc.page.WebRtcSession} is one signed-in page, a {@link
 * org.ringdown.webrtc.page.WebRtcLeg} one call of it. SDP passes through as an opaque string. May
 * import {@code signaling} only. Start reading at {@code WebRtcLeg}, then {@code CallState}.
 */
@NullMarked
package org.ringdown.webrtc.page;

import org.jspecify.annotations.NullMarked;
