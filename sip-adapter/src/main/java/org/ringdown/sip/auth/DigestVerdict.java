package org.ringdown.sip.auth;

/** What a request's credentials proved to a {@link DigestServer}. */
public sealed interface DigestVerdict {
  /** There were no digest credentials for this realm. */
  record None() implements DigestVerdict {}

  /** The response is right and its nonce fresh. */
  record Verified(String user) implements DigestVerdict {}

  /** The response is right, but its nonce is too old, unknown or already used with this count. */
  record Stale(String user) implements DigestVerdict {}

  /** Unknown user, wrong password or an algorithm that was not offered. */
  record Failed(String user) implements DigestVerdict {}
}
