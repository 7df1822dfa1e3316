/**
 * The web side: {@link org.ringdown.webrtc.WebRtcEndpoint} serves the pages and the WebSocket, and
 * a {@code BrowserSession} is one signed-in page. What it is used by is {@code
 * org.ringdown.webrtc.page}, and the media have {@code org.ringdown.webrtc.media}. May import its
 * own child packages, nothing else of Ringdown. Start reading at {@code WebRtcEndpoint}.
 */
@NullMarked
package org.ringdown.webrtc;

import org.jspecify.annotations.NullMarked;
