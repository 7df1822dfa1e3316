package org.ringdown.webrtc.ice;

/**
 * A datagram that looked like STUN but is not a well-formed message (RFC 8489 section 5). It costs
 * the sender its datagram and nothing else.
 */
public final class MalformedStunException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedStunException(String reason) {
    // Anybody can provoke this at line rate: no stack trace.
    super(reason, null, false, false);
  }
}
