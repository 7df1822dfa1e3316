package org.ringdown.sip.auth;

import com.google.common.io.BaseEncoding;
import com.google.common.primitives.Bytes;
import com.google.common.primitives.Longs;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces that prove themselves: issue time, random bytes and an HMAC over both under a key made at
 * start. Handing one out costs no memory; only a nonce that was used is remembered, for its count.
 * When that memory is full the oldest is forgotten and with it every nonce issued before it becomes
 * stale, so that bounded memory never opens the way to a replay. Safe from any thread.
 */
final class Nonces {
  private static final int TIME_BYTES = 8;
  private static final int RANDOM_BYTES = 8;
  private static final int MAC_BYTES = 16;
  private static final BaseEncoding TEXT = BaseEncoding.base64Url().omitPadding();

  private final Clock clock;
  private final Duration lifetime;
  private final int maxRemembered;
  private final SecureRandom random = new SecureRandom();
  private final SecretKeySpec key;
  private final Map<String, Use> used = new LinkedHashMap<>();
  private long forgottenUntilMs = Long.MIN_VALUE;

  Nonces(Clock clock, Duration lifetime, int maxRemembered) {
    this.clock = clock;
    this.lifetime = lifetime;
    this.maxRemembered = maxRemembered;
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    this.key = new SecretKeySpec(secret, "HmacSHA256");
  }

  String issue() {
    byte[] salt = new byte[RANDOM_BYTES];
    random.nextBytes(salt);
    byte[] head = Bytes.concat(Longs.toByteArray(clock.millis()), salt);
    return TEXT.encode(Bytes.concat(head, mac(head)));
  }

  /**
   * Uses a nonce: true if it is ours, still young, and {@code count} higher than any used before.
   */
  boolean use(String nonce, long count) {
    long issuedMs = issuedMs(nonce);
    long now = clock.millis();
    if (issuedMs > now || now - issuedMs > lifetime.toMillis() || count < 1) {
      return false;
    }
    return count(nonce, issuedMs, count);
  }

  private synchronized boolean count(String nonce, long issuedMs, long count) {
    Use before = used.get(nonce);
    if (before != null && count <= before.count) {
      return false;
    }
    if (before == null && issuedMs <= forgottenUntilMs) {
      return false;
    }
    used.put(nonce, new Use(issuedMs, count));
    if (used.size() > maxRemembered) {
      forgetOldest();
    }
    return true;
  }

  private void forgetOldest() {
    Map.Entry<String, Use> eldest = used.entrySet().iterator().next();
    forgottenUntilMs = Math.max(forgottenUntilMs, eldest.getValue().issuedMs);
    used.remove(eldest.getKey());
  }

  /** When a nonce of ours was issued; {@link Long#MAX_VALUE} for one that is not ours. */
  private long issuedMs(String nonce) {
    if (!TEXT.canDecode(nonce)) {
      return Long.MAX_VALUE;
    }
    byte[] bytes = TEXT.decode(nonce);
    int headBytes = TIME_BYTES + RANDOM_BYTES;
    if (bytes.length != headBytes + MAC_BYTES) {
      return Long.MAX_VALUE;
    }
    byte[] head = Arrays.copyOf(bytes, headBytes);
    byte[] mac = Arrays.copyOfRange(bytes, headBytes, bytes.length);
    return MessageDigest.isEqual(mac, mac(head)) ? Longs.fromByteArray(head) : Long.MAX_VALUE;
  }

  private byte[] mac(byte[] bytes) {
    try {
      Mac hmac = Mac.getInstance("HmacSHA256");
      hmac.init(key);
      return Arrays.copyOf(hmac.doFinal(bytes), MAC_BYTES);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has HmacSHA256", e);
    }
  }

  private record Use(long issuedMs, long count) {}
}
