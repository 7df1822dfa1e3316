package org.ringdown.sip.dns;

/** A SIP URI leads nowhere now; the message says why, for a person. */
public final class DnsException extends Exception {
  private static final long serialVersionUID = 1L;

  DnsException(String message) {
    super(message);
  }
}
