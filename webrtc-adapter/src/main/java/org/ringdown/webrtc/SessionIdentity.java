package org.ringdown.webrtc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Who a page is, and the token by which it can come back. */
record SessionIdentity(String id, String resumeToken, String user, String device) {
  /** Whether this is the token. Takes the same time whatever it is. */
  boolean hasToken(String token) {
    return MessageDigest.isEqual(
        resumeToken.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }
}
