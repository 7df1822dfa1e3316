package org.ringdown.webrtc.ice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;

/**
 * One generation of ICE credentials (RFC 8839 section 5.4).
 *
 * @param ufrag the user name fragment, at least 24 random bits
 * @param password the password, at least 128 random bits
 */
public record IceCredentials(String ufrag, String password) {
  /** 64 of them, so that each takes six bits of what is random. */
  private static final String ICE_CHARS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  // Long enough never to meet another of the same port by chance.
  private static final int UFRAG_CHARS = 12;
  private static final int PASSWORD_CHARS = 24;

  /** Fresh credentials. */
  public static IceCredentials random(SecureRandom random) {
    return new IceCredentials(text(random, UFRAG_CHARS), text(random, PASSWORD_CHARS));
  }

  /** What MESSAGE-INTEGRITY is keyed with (RFC 8489 section 9.1.1). */
  public byte[] key() {
    return password.getBytes(UTF_8);
  }

  @Override
  public String toString() {
    return "IceCredentials[ufrag=" + ufrag + ", password=***]";
  }

  private static String text(SecureRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    StringBuilder text = new StringBuilder(length);
    for (byte each : bytes) {
      text.append(ICE_CHARS.charAt(each & (ICE_CHARS.length() - 1)));
    }
    return text.toString();
  }
}
