package org.ringdown.webrtc.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES in Galois/counter mode (RFC 7714). */
final class GcmCipher implements PacketCipher {
  private static final int TAG_BYTES = 16;
  private static final int SALT_BYTES = 12;
  private static final int ENCRYPTED = 0x8000_0000;

  private final Cipher cipher;
  private final SecretKeySpec key;
  private final byte[] salt;
  private final byte[] nonce = new byte[SALT_BYTES];
  private final byte[] indexWord = new byte[4];
  private final boolean rtcp;

  /**
   * With session keys.
   *
   * @param rtcp whether the packets are SRTCP, with its index word behind the tag
   */
  GcmCipher(byte[] key, byte[] salt, boolean rtcp) throws GeneralSecurityException {
    this.key = new SecretKeySpec(key, "AES");
    this.salt = salt.clone();
    this.rtcp = rtcp;
    cipher = Cipher.getInstance("AES/GCM/NoPadding");
  }

  static GcmCipher rtp(KeyDerivation keys, int keyBytes) throws GeneralSecurityException {
    return new GcmCipher(keys.encryptionKey(keyBytes), keys.salt(SALT_BYTES), false);
  }

  static GcmCipher rtcp(KeyDerivation keys, int keyBytes) throws GeneralSecurityException {
    return new GcmCipher(keys.encryptionKey(keyBytes), keys.salt(SALT_BYTES), true);
  }

  @Override
  public void protect(Frame frame) {
    try {
      crypt(frame, Cipher.ENCRYPT_MODE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a fresh nonce and enough room cannot fail", e);
    }
    if (rtcp) {
      frame.append((int) frame.index | ENCRYPTED);
    }
  }

  @Override
  public boolean unprotect(Frame frame) {
    if (rtcp) {
      frame.end -= 4;
    }
    try {
      crypt(frame, Cipher.DECRYPT_MODE);
      return true;
    } catch (AEADBadTagException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("only the tag can be wrong", e);
    }
  }

  private void crypt(Frame frame, int mode) throws GeneralSecurityException {
    makeNonce(frame);
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce));
    cipher.updateAAD(frame.bytes, frame.start, frame.payload - frame.start);
    if (rtcp) {
      int word = (int) frame.index | ENCRYPTED;
      for (int i = 0; i < 4; i++) {
        indexWord[i] = (byte) (word >> (24 - 8 * i));
      }
      cipher.updateAAD(indexWord);
    }
    int length = frame.end - frame.payload;
    frame.end =
        frame.payload
            + cipher.doFinal(frame.bytes, frame.payload, length, frame.bytes, frame.payload);
  }

  /** Two zero bytes, SSRC, 48 bits of index, all XOR salt (RFC 7714 sections 8.1 and 9.1). */
  private void makeNonce(Frame frame) {
    System.arraycopy(salt, 0, nonce, 0, SALT_BYTES);
    for (int i = 0; i < 4; i++) {
      nonce[2 + i] ^= (byte) (frame.ssrc >> (24 - 8 * i));
    }
    for (int i = 0; i < 6; i++) {
      nonce[6 + i] ^= (byte) (frame.index >> (40 - 8 * i));
    }
  }

  @Override
  public int overheadBytes() {
    return rtcp ? TAG_BYTES + 4 : TAG_BYTES;
  }

  @Override
  public int bytesBehindIndex() {
    return 0;
  }
}
