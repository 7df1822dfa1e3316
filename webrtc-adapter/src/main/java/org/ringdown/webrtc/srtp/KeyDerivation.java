package org.ringdown.webrtc.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Session keys from a master key and salt by AES in counter mode (RFC 3711 section 4.3), with a key
 * derivation rate of zero: once for a session. A 96-bit salt counts as followed by 16 zero bits
 * (RFC 7714 section 11).
 */
final class KeyDerivation {
  static final int RTP = 0;
  static final int RTCP = 3;
  private static final int ENCRYPTION = 0;
  private static final int AUTHENTICATION = 1;
  private static final int SALT = 2;
  private static final int LABEL_AT = 7;

  private final SecretKeySpec masterKey;
  private final byte[] masterSalt;
  private final int firstLabel;

  /**
   * @param firstLabel {@link #RTP} or {@link #RTCP}
   */
  KeyDerivation(byte[] masterKey, byte[] masterSalt, int firstLabel) {
    this.masterKey = new SecretKeySpec(masterKey, "AES");
    this.masterSalt = masterSalt.clone();
    this.firstLabel = firstLabel;
  }

  byte[] encryptionKey(int bytes) {
    return derive(ENCRYPTION, bytes);
  }

  byte[] authenticationKey(int bytes) {
    return derive(AUTHENTICATION, bytes);
  }

  byte[] salt(int bytes) {
    return derive(SALT, bytes);
  }

  private byte[] derive(int label, int bytes) {
    byte[] iv = Arrays.copyOf(masterSalt, 16);
    iv[LABEL_AT] ^= (byte) (firstLabel + label);
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, masterKey, new IvParameterSpec(iv));
      return cipher.doFinal(new byte[bytes]);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES/CTR", e);
    }
  }
}
