package org.ringdown.sip.auth;

import com.google.common.io.BaseEncoding;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The side that answers a challenge with a user name and a password (RFC 3261 section 22.2). Keeps
 * the last challenge, so that following requests can be sent with credentials at once and a higher
 * nonce count. Safe from any thread.
 */
public final class DigestClient {
  private final String user;
  private final String password;
  private final Supplier<String> cnonces;
  private @Nullable DigestChallenge last;
  private long lastCount;

  /** Answers challenges as {@code user}. */
  public DigestClient(String user, String password) {
    this(user, password, DigestClient::randomText);
  }

  DigestClient(String user, String password, Supplier<String> cnonces) {
    this.user = user;
    this.password = password;
    this.cnonces = cnonces;
  }

  /**
   * Takes the challenges of a 401 or 407 and chooses the first one we can answer, which is the one
   * the server likes best (RFC 8760 section 2.4).
   *
   * @return false if there is none we can answer, or if the server refuses these credentials: the
   *     first answer to its last challenge was challenged again, and not as {@code stale}
   */
  public synchronized boolean challenged(List<String> headers) {
    for (String header : headers) {
      Optional<DigestChallenge> challenge = understood(header);
      if (challenge.isPresent()) {
        boolean refused = last != null && lastCount == 1 && !challenge.get().stale();
        last = challenge.get();
        lastCount = 0;
        return !refused;
      }
    }
    return false;
  }

  private static Optional<DigestChallenge> understood(String header) {
    try {
      return Optional.of(DigestChallenge.parse(header));
    } catch (DigestSyntaxException e) {
      return Optional.empty();
    }
  }

  /** The Authorization header value for the next request; empty before any challenge. */
  public synchronized Optional<String> authorization(String method, String uri) {
    DigestChallenge challenge = last;
    if (challenge == null) {
      return Optional.empty();
    }
    lastCount++;
    DigestCredentials unsigned = credentials(challenge, uri, "");
    String response = unsigned.expectedResponse(challenge.algorithm(), method, password);
    return Optional.of(signed(unsigned, response).headerValue());
  }

  private DigestCredentials credentials(DigestChallenge challenge, String uri, String response) {
    DigestCredentials.Count count =
        challenge.qopAuth()
            ? new DigestCredentials.Count(String.format("%08x", lastCount), cnonces.get())
            : null;
    return new DigestCredentials(
        user,
        challenge.realm(),
        challenge.nonce(),
        uri,
        response,
        challenge.algorithm(),
        challenge.opaque(),
        count);
  }

  private static DigestCredentials signed(DigestCredentials c, String response) {
    return new DigestCredentials(
        c.user(), c.realm(), c.nonce(), c.uri(), response, c.algorithm(), c.opaque(), c.count());
  }

  private static String randomText() {
    byte[] bytes = new byte[12];
    new SecureRandom().nextBytes(bytes);
    return BaseEncoding.base64Url().encode(bytes);
  }
}
