package org.ringdown.sip.transport;

import gov.nist.javax.sip.stack.HopImpl;
import javax.sip.address.Hop;
import org.ringdown.sip.socket.SecureHop;

/** A destination as JAIN-SIP wants it. */
public final class Hops {
  private Hops() {}

  /** The hop that leads to a destination, whose address must be resolved. */
  public static Hop to(Destination destination) {
    String host = destination.address().getAddress().getHostAddress();
    int port = destination.address().getPort();
    return destination.transport() == SipTransport.TLS
        ? new SecureHop(host, port, destination.tls())
        : new HopImpl(host, port, destination.transport().name());
  }
}
