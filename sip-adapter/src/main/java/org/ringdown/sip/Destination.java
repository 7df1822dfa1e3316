package org.ringdown.sip;

import gov.nist.javax.sip.stack.HopImpl;
import java.net.InetSocketAddress;
import javax.sip.address.Hop;

/**
 * Where a message goes, and with what. Immutable, safe from any thread.
 *
 * @param address IP address and port; one that is not resolved cannot be sent to
 * @param transport what carries it
 */
public record Destination(InetSocketAddress address, SipTransport transport) {
  Hop hop() {
    return new HopImpl(address.getAddress().getHostAddress(), address.getPort(), transport.name());
  }
}
