package org.ringdown.webrtc.srtp;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The SRTP protection profiles we speak, the preferred first (RFC 5764 section 4.1.2, RFC 7714
 * section 14.2, RFC 6188).
 */
public enum SrtpProfile {
  /** AES-128 in Galois/counter mode. */
  AEAD_AES_128_GCM(0x0007, 16, 12, 0),
  /** AES-256 in Galois/counter mode. */
  AEAD_AES_256_GCM(0x0008, 32, 12, 0),
  /** AES-128 in counter mode with an 80-bit HMAC-SHA1 tag: the one that everybody has. */
  AES128_CM_HMAC_SHA1_80(0x0001, 16, 14, 10),
  /** The same with a 32-bit tag on RTP; RTCP keeps 80 bits. */
  AES128_CM_HMAC_SHA1_32(0x0002, 16, 14, 4),
  /** AES-256 in counter mode; it has no number in DTLS, only a name in SDP (RFC 6188). */
  AES256_CM_HMAC_SHA1_80(SrtpProfile.NOT_IN_DTLS, 32, 14, 10);

  private static final int NOT_IN_DTLS = 0;
  private static final int RTCP_TAG_BYTES = 10;

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

  /** Those that DTLS can agree on, the preferred first. */
  public static Stream<SrtpProfile> forDtls() {
    return Arrays.stream(values()).filter(profile -> profile.id != NOT_IN_DTLS);
  }

  /** The profile of a number in use_srtp. */
  public static Optional<SrtpProfile> of(int id) {
    return forDtls().filter(profile -> profile.id == id).findFirst();
  }

  /** The number in use_srtp. */
  public int id() {
    return id;
  }

  /** How much keying material both directions need together (RFC 5764 section 4.2). */
  public int keyingMaterialBytes() {
    return 2 * masterBytes();
  }

  /** How long the master key and the master salt of one direction are together. */
  public int masterBytes() {
    return keyBytes + saltBytes;
  }

  int keyBytes() {
    return keyBytes;
  }

  int saltBytes() {
    return saltBytes;
  }

  /** How much of an SRTP packet stands behind its MKI (RFC 3711 section 3.1, RFC 7714 8.2). */
  int rtpBytesBehindMki() {
    return rtpTagBytes;
  }

  /** The same of an SRTCP packet (RFC 3711 section 3.4, RFC 7714 section 9.3). */
  int rtcpBytesBehindMki() {
    return aead() ? 0 : RTCP_TAG_BYTES;
  }

  boolean aead() {
    return rtpTagBytes == 0;
  }

  int rtpTagBytes() {
    return rtpTagBytes;
  }
}
