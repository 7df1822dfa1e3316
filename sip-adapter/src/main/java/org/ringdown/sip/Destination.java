package org.ringdown.sip;

import gov.nist.javax.sip.stack.HopImpl;
import java.net.InetSocketAddress;
import javax.sip.address.Hop;

/**
 * Where a message goes, resolved, and with what.
 *
 * @param address IP address and port
 * @param transport what carries it
 */
record Destination(InetSocketAddress address, SipTransport transport) {
  Hop hop() {
    return new HopImpl(address.getAddress().getHostAddress(), address.getPort(), transport.name());
  }
}
