package org.ringdown.webrtc.ice;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * A candidate pair (RFC 8445 section 2.2) that a check has come over: our address and the peer's.
 *
 * @param link our side
 * @param remote the peer's address as we see it
 */
public record Path(DatagramLink link, InetSocketAddress remote) {
  /** Sends one datagram over the path. */
  public void send(ByteBuffer datagram) {
    link.send(datagram, remote);
  }
}
