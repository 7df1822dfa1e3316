package org.ringdown.gateway.sdp.sdes;

import com.google.common.base.Ascii;
import java.util.Arrays;
import java.util.Optional;

/** The crypto suites that the gateway speaks, by their names in {@code a=crypto}. */
public enum CryptoSuite {
  /** AES-128 in Galois/counter mode (RFC 7714 section 14.2). */
  AEAD_AES_128_GCM(16 + 12),
  /** AES-256 in Galois/counter mode. */
  AEAD_AES_256_GCM(32 + 12),
  /** AES-128 in counter mode with an 80-bit tag: what every phone has (RFC 4568 section 6.2.1). */
  AES_CM_128_HMAC_SHA1_80(16 + 14),
  /** The same with a 32-bit tag on RTP. */
  AES_CM_128_HMAC_SHA1_32(16 + 14),
  /** AES-256 in counter mode with an 80-bit tag (RFC 6188 section 5). */
  AES_256_CM_HMAC_SHA1_80(32 + 14);

  private final int masterBytes;

  CryptoSuite(int masterBytes) {
    this.masterBytes = masterBytes;
  }

  /** The suite of that name. */
  static Optional<CryptoSuite> named(String name) {
    return Arrays.stream(values())
        .filter(suite -> Ascii.equalsIgnoreCase(suite.name(), name))
        .findFirst();
  }

  /** How long master key and master salt are together. */
  public int masterBytes() {
    return masterBytes;
  }
}
