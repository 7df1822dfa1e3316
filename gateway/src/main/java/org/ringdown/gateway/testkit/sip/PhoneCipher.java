package org.ringdown.gateway.testkit.sip;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.sdes.CryptoAttribute;
import org.ringdown.gateway.sdp.sdes.CryptoSuite;
import org.ringdown.webrtc.srtp.SrtpProfile;
import org.ringdown.webrtc.srtp.SrtpResult;
import org.ringdown.webrtc.srtp.SrtpSession;

/**
 * SRTP of a phone with keys in the SDP (RFC 4568), in the suite that everybody has. Safe from any
 * thread.
 */
final class PhoneCipher {
  private static final CryptoSuite SUITE = CryptoSuite.AES_CM_128_HMAC_SHA1_80;
  private static final int KEY_BYTES = 16;
  private static final int SALT_BYTES = 14;

  private final byte[] own = new byte[KEY_BYTES + SALT_BYTES];
  private String theirs = "";
  private volatile @Nullable SrtpSession session;

  PhoneCipher() {
    new SecureRandom().nextBytes(own);
  }

  /** The line of an offer. */
  String offer() {
    return line(1);
  }

  /** The line of the answer to these keys; none if none can be used. */
  String answer(List<CryptoAttribute> keys) {
    return usable(keys).map(key -> line(key.tag())).orElse("");
  }

  private String line(int tag) {
    return "a=crypto:" + CryptoAttribute.of(tag, SUITE, own).value() + "\r\n";
  }

  /** The key of the other side that we can use. */
  static Optional<CryptoAttribute> usable(List<CryptoAttribute> keys) {
    return keys.stream().filter(key -> key.suite() == SUITE && key.mkiBytes() == 0).findFirst();
  }

  /** Takes the other side's key. */
  synchronized void agree(CryptoAttribute key) {
    if (key.inline().equals(theirs)) {
      return;
    }
    theirs = key.inline();
    byte[] other = key.master();
    byte[] material =
        ByteBuffer.allocate(2 * own.length)
            .put(own, 0, KEY_BYTES)
            .put(other, 0, KEY_BYTES)
            .put(own, KEY_BYTES, SALT_BYTES)
            .put(other, KEY_BYTES, SALT_BYTES)
            .array();
    session = SrtpSession.create(SrtpProfile.AES128_CM_HMAC_SHA1_80, material, true);
  }

  /** Encrypts a packet in place; false if it cannot be sent. */
  boolean protect(ByteBuffer packet) {
    SrtpSession agreed = session;
    return agreed != null && agreed.protectRtp(packet) == SrtpResult.OK;
  }

  /** The packet decrypted, in a buffer of its own; empty if it is not what was agreed on. */
  Optional<ByteBuffer> unprotect(ByteBuffer packet) {
    SrtpSession agreed = session;
    ByteBuffer copy = ByteBuffer.allocate(packet.remaining() + SrtpSession.MAX_OVERHEAD_BYTES);
    copy.put(packet.duplicate()).flip();
    return agreed != null && agreed.unprotectRtp(copy) == SrtpResult.OK
        ? Optional.of(copy)
        : Optional.empty();
  }
}
