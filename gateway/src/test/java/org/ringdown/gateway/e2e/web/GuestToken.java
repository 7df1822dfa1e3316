package org.ringdown.gateway.e2e.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens as a service of its own would give them to its visitors (RFC 7519, HS256). */
public final class GuestToken {
  /** What the gateway must be told. */
  public static final String SECRET = "a-secret-of-the-tests-that-is-long-enough";

  private GuestToken() {}

  /** For somebody who may call nothing but that number, for a minute. */
  public static String forNumber(String user, String number) {
    Instant end = Instant.now().plus(Duration.ofMinutes(1));
    return signed(
        "{\"sub\":\"%s\",\"to\":[\"%s\"],\"exp\":%d}"
            .formatted(user, number, end.getEpochSecond()));
  }

  /** For a user, for a minute. */
  public static String forUser(String user) {
    Instant end = Instant.now().plus(Duration.ofMinutes(1));
    return signed("{\"sub\":\"%s\",\"exp\":%d}".formatted(user, end.getEpochSecond()));
  }

  private static String signed(String claims) {
    String signed = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + base64(claims);
    return signed + "." + encode(signature(signed));
  }

  private static byte[] signature(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
