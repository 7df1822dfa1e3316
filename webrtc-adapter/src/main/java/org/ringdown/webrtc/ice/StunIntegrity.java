package org.ringdown.webrtc.ice;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** MESSAGE-INTEGRITY: HMAC-SHA1 over a message up to the attribute (RFC 8489 section 14.5). */
final class StunIntegrity {
  private static final String ALGORITHM = "HmacSHA1";
  private static final int BYTES = 20;

  private StunIntegrity() {}

  /**
   * @param message a whole message from index 0
   * @param at where MESSAGE-INTEGRITY begins; the bytes behind are not read
   */
  static byte[] compute(ByteBuffer message, int at, byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update(message.slice(0, 2));
      // The length counts as if the message ended behind this attribute.
      int length = at + 4 + BYTES - StunMessage.HEADER_BYTES;
      mac.update((byte) (length >> 8));
      mac.update((byte) length);
      mac.update(message.slice(4, at - 4));
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  static boolean matches(ByteBuffer message, int at, byte[] key) {
    byte[] found = new byte[BYTES];
    message.get(at + 4, found);
    // An empty key is refused by SecretKeySpec, and nobody has one.
    return key.length > 0 && MessageDigest.isEqual(found, compute(message, at, key));
  }
}
