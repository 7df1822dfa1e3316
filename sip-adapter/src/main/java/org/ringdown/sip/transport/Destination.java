package org.ringdown.sip.transport;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.tls.TlsPeer;

/**
 * Where a message goes, and with what. Immutable, safe from any thread.
 *
 * @param address IP address and port; one that is not resolved cannot be sent to
 * @param transport what carries it
 * @param tls who must be there, for TLS; null: only a connection that stands already will do, such
 *     as that of a phone
 * @param tcpIfLarge whether what is too large for UDP goes by TCP instead, if the server takes it
 *     (RFC 3261 section 18.1.1)
 */
public record Destination(
    InetSocketAddress address, SipTransport transport, @Nullable TlsPeer tls, boolean tcpIfLarge) {
  /** A destination where nobody has to prove anything. */
  public Destination(InetSocketAddress address, SipTransport transport) {
    this(address, transport, null, false);
  }

  /** The same, where this peer must be there. */
  public Destination to(@Nullable TlsPeer peer) {
    return new Destination(address, transport, peer, tcpIfLarge);
  }

  /** The same, where what is too large for UDP goes by TCP. */
  public Destination orTcpIfLarge() {
    return new Destination(address, transport, tls, true);
  }
}
