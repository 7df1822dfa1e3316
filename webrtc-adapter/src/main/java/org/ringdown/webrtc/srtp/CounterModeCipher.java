package org.ringdown.webrtc.srtp;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES in counter mode with HMAC-SHA1 (RFC 3711 sections 4.1.1 and 4.2.1). */
final class CounterModeCipher implements PacketCipher {
  private static final int AUTHENTICATION_KEY_BYTES = 20;
  private static final int RTCP_TAG_BYTES = 10;
  private static final int ENCRYPTED = 0x8000_0000;

  private final Cipher cipher;
  private final Mac mac;
  private final SecretKeySpec key;
  private final byte[] salt;
  private final byte[] nonce = new byte[16];
  private final byte[] tag = new byte[20];
  private final byte[] rollover = new byte[4];
  private final int tagBytes;
  private final boolean rtcp;

  private CounterModeCipher(KeyDerivation keys, int keyBytes, int tagBytes, boolean rtcp)
      throws GeneralSecurityException {
    this.tagBytes = tagBytes;
    this.rtcp = rtcp;
    key = new SecretKeySpec(keys.encryptionKey(keyBytes), "AES");
    salt = keys.salt(14);
    cipher = Cipher.getInstance("AES/CTR/NoPadding");
    mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(keys.authenticationKey(AUTHENTICATION_KEY_BYTES), "HmacSHA1"));
  }

  static CounterModeCipher rtp(KeyDerivation keys, int keyBytes, int tagBytes)
      throws GeneralSecurityException {
    return new CounterModeCipher(keys, keyBytes, tagBytes, false);
  }

  static CounterModeCipher rtcp(KeyDerivation keys, int keyBytes) throws GeneralSecurityException {
    return new CounterModeCipher(keys, keyBytes, RTCP_TAG_BYTES, true);
  }

  @Override
  public void protect(Frame frame) {
    crypt(frame);
    if (rtcp) {
      frame.append((int) frame.index | ENCRYPTED);
    }
    authenticate(frame);
    System.arraycopy(tag, 0, frame.bytes, frame.end, tagBytes);
    frame.end += tagBytes;
  }

  @Override
  public boolean unprotect(Frame frame) {
    frame.end -= tagBytes;
    authenticate(frame);
    byte[] found = Arrays.copyOfRange(frame.bytes, frame.end, frame.end + tagBytes);
    if (!MessageDigest.isEqual(found, Arrays.copyOf(tag, tagBytes))) {
      return false;
    }
    if (rtcp) {
      frame.end -= 4;
    }
    crypt(frame);
    return true;
  }

  /** The nonce is salt * 2^16 XOR SSRC * 2^64 XOR index * 2^16. */
  private void crypt(Frame frame) {
    System.arraycopy(salt, 0, nonce, 0, salt.length);
    nonce[14] = 0;
    nonce[15] = 0;
    for (int i = 0; i < 4; i++) {
      nonce[4 + i] ^= (byte) (frame.ssrc >> (24 - 8 * i));
    }
    for (int i = 0; i < 6; i++) {
      nonce[8 + i] ^= (byte) (frame.index >> (40 - 8 * i));
    }
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(nonce));
      int length = frame.end - frame.payload;
      cipher.doFinal(frame.bytes, frame.payload, length, frame.bytes, frame.payload);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("counter mode cannot fail", e);
    }
  }

  private void authenticate(Frame frame) {
    mac.update(frame.bytes, frame.start, frame.end - frame.start);
    if (!rtcp) {
      for (int i = 0; i < 4; i++) {
        rollover[i] = (byte) (frame.index >> (40 - 8 * i));
      }
      mac.update(rollover);
    }
    try {
      mac.doFinal(tag, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the tag has room for a whole HMAC-SHA1", e);
    }
  }

  @Override
  public int overheadBytes() {
    return rtcp ? tagBytes + 4 : tagBytes;
  }

  @Override
  public int bytesBehindIndex() {
    return tagBytes;
  }
}
