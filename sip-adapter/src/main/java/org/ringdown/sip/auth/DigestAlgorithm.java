package org.ringdown.sip.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.io.BaseEncoding;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** The hash functions of digest authentication we speak (RFC 8760 section 2). */
public enum DigestAlgorithm {
  /** RFC 2617; what every phone knows. */
  MD5("MD5"),
  /** RFC 7616 and RFC 8760. */
  SHA_256("SHA-256");

  private static final BaseEncoding HEX = BaseEncoding.base16().lowerCase();

  private final String token;

  DigestAlgorithm(String token) {
    this.token = token;
  }

  /** The name in the {@code algorithm} parameter, which is also the name the JDK knows it by. */
  public String token() {
    return token;
  }

  /** The algorithm with this {@code algorithm} parameter, in any letter case; empty if unknown. */
  public static Optional<DigestAlgorithm> of(String token) {
    for (DigestAlgorithm algorithm : values()) {
      if (algorithm.token.equalsIgnoreCase(token)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /** {@code H(text)} of RFC 7616 section 3.3: lower-case hexadecimal of the hash of the UTF-8. */
  String hash(String text) {
    try {
      return HEX.encode(MessageDigest.getInstance(token).digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has " + token, e);
    }
  }
}
