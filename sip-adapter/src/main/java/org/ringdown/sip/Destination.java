package org.ringdown.sip;

import gov.nist.javax.sip.stack.HopImpl;
import java.net.InetSocketAddress;
import javax.sip.address.Hop;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.stack.SecureHop;
import org.ringdown.sip.tls.TlsPeer;

/**
 * Where a message goes, and with what. Immutable, safe from any thread.
 *
 * @param address IP address and port; one that is not resolved cannot be sent to
 * @param transport what carries it
 * @param tls who must be there, for TLS; null: only a connection that stands already will do, such
 *     as that of a phone
 */
public record Destination(
    InetSocketAddress address, SipTransport transport, @Nullable TlsPeer tls) {
  /** A destination where nobody has to prove anything. */
  public Destination(InetSocketAddress address, SipTransport transport) {
    this(address, transport, null);
  }

  Hop hop() {
    String host = address.getAddress().getHostAddress();
    return transport == SipTransport.TLS
        ? new SecureHop(host, address.getPort(), tls)
        : new HopImpl(host, address.getPort(), transport.name());
  }
}
