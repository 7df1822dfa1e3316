package org.ringdown.sip.challenge;

/** What the Authorization header of a request proved (RFC 3261 section 22, RFC 8760). */
public sealed interface Authentication {
  /** The request carried no credentials for our realm. */
  record None() implements Authentication {}

  /** The digest is right; {@code user} is who sent the request. */
  record Verified(String user) implements Authentication {}

  /**
   * The digest is right but its nonce is too old or reused: challenge again, {@code stale=true}.
   */
  record Stale(String user) implements Authentication {}

  /** Unknown user or wrong password. The two are not told apart on the wire. */
  record Failed(String user) implements Authentication {}
}
