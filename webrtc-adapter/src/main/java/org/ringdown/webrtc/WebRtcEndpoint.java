package org.ringdown.webrtc;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * The web server: pages, and the WebSocket {@code /ws} that speaks the browser protocol. Safe from
 * any thread.
 */
public final class WebRtcEndpoint implements AutoCloseable {
  private WebRtcEndpoint() {}

  /**
   * Opens the ports and starts to serve.
   *
   * @throws IOException if an address cannot be bound or the key store cannot be read; nothing
   *     stays open then
   */
  public static WebRtcEndpoint start(WebRtcConfig config, WebRtcHandler handler)
      throws IOException {
    throw new IOException("not built yet: " + config + handler);
  }

  /** Where it listens, with the real ports: HTTP first, then HTTPS. */
  public ImmutableList<InetSocketAddress> listening() {
    return ImmutableList.of();
  }

  /** How many sessions are open, those waiting for their page to come back included. */
  public int openSessions() {
    return 0;
  }

  /** Says {@code goodbye} to every page and closes. */
  @Override
  public void close() {}
}
