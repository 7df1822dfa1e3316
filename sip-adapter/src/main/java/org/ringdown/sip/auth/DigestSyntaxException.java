package org.ringdown.sip.auth;

/** A challenge or credentials header that does not follow RFC 7616 or leaves out what it must. */
public final class DigestSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  DigestSyntaxException(String message) {
    super(message);
  }
}
