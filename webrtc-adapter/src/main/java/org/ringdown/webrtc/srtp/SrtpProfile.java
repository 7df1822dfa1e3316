package org.ringdown.webrtc.srtp;

import java.util.Arrays;
import java.util.Optional;

/**
 * The DTLS-SRTP protection profiles we speak, the preferred first (RFC 5764 section 4.1.2, RFC 7714
 * section 14.2).
 */
public enum SrtpProfile {
  /** AES-128 in Galois/counter mode. */
  AEAD_AES_128_GCM(0x0007, 16, 12, 0),
  /** AES-256 in Galois/counter mode. */
  AEAD_AES_256_GCM(0x0008, 32, 12, 0),
  /** AES-128 in counter mode with an 80-bit HMAC-SHA1 tag: the one that everybody has. */
  AES128_CM_HMAC_SHA1_80(0x0001, 16, 14, 10),
  /** The same with a 32-bit tag on RTP; RTCP keeps 80 bits. */
  AES128_CM_HMAC_SHA1_32(0x0002, 16, 14, 4);

  private final int id;
  private final int keyBytes;
  private final int saltBytes;
  private final int rtpTagBytes;

  SrtpProfile(int id, int keyBytes, int saltBytes, int rtpTagBytes) {
    this.id = id;
    this.keyBytes = keyBytes;
    this.saltBytes = saltBytes;
    this.rtpTagBytes = rtpTagBytes;
  }

  /** The profile of a number in use_srtp. */
  public static Optional<SrtpProfile> of(int id) {
    return Arrays.stream(values()).filter(profile -> profile.id == id).findFirst();
  }

  /** The number in use_srtp. */
  public int id() {
    return id;
  }

  /** How much keying material both directions need together (RFC 5764 section 4.2). */
  public int keyingMaterialBytes() {
    return 2 * (keyBytes + saltBytes);
  }

  int keyBytes() {
    return keyBytes;
  }

  int saltBytes() {
    return saltBytes;
  }

  boolean aead() {
    return rtpTagBytes == 0;
  }

  int rtpTagBytes() {
    return rtpTagBytes;
  }
}
