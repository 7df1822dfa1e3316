package org.ringdown.webrtc.ice;

/** The ERROR-CODEs that an ICE-lite agent answers with (RFC 8489 section 14.8, RFC 8445 7.1). */
public enum StunError {
  /** The request lacks USERNAME or MESSAGE-INTEGRITY. */
  BAD_REQUEST(400, "Bad Request"),
  /** The user name is not ours or the integrity check failed. */
  UNAUTHENTICATED(401, "Unauthenticated"),
  /** An attribute that must be understood is not. */
  UNKNOWN_ATTRIBUTE(420, "Unknown Attribute"),
  /** Both sides claim to be controlled (RFC 8445 section 7.3.1.1). */
  ROLE_CONFLICT(487, "Role Conflict");

  private final int code;
  private final String reason;

  StunError(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  /** The code on the wire. */
  public int code() {
    return code;
  }

  /** The reason phrase on the wire. */
  public String reason() {
    return reason;
  }
}
