/**
 * The web server: Jetty with its connectors, certificate, pages, and the WebSocket as a {@link
 * org.ringdown.webrtc.web.TextSocket}. Knows nothing of the browser protocol but the name of its
 * subprotocol, which it is given. A leaf: imports nothing of Ringdown. Start reading at {@code
 * WebServer}.
 */
@NullMarked
package org.ringdown.webrtc.web;

import org.jspecify.annotations.NullMarked;
