package org.ringdown.sip.transport;

import com.google.common.base.Ascii;

/** What carries SIP messages (RFC 3261 section 18). */
public enum SipTransport {
  UDP(5060),
  TCP(5060),
  /** TLS over TCP (RFC 3261 section 26.2.1, RFC 5630). */
  TLS(5061);

  private final int defaultPort;

  SipTransport(int defaultPort) {
    this.defaultPort = defaultPort;
  }

  /** The port of a URI that names none (RFC 3261 section 19.1.2). */
  public int defaultPort() {
    return defaultPort;
  }

  /** The parameter of a SIP URI that leads to this transport; empty for UDP, the default. */
  public String uriParameter() {
    return this == UDP ? "" : ";transport=" + Ascii.toLowerCase(name());
  }
}
