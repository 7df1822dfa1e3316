package org.ringdown.sip.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.BaseEncoding;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The side that asks for a password and checks the response (RFC 3261 section 22.4, RFC 7616
 * section 3.4, RFC 8760). Safe from any thread.
 */
public final class DigestServer {
  private static final int MAX_NONCES_REMEMBERED = 20_000;

  private final String realm;
  private final ImmutableSet<DigestAlgorithm> accepted;
  private final Nonces nonces;
  private final String opaque = randomText();
  private final String nobodysPassword = randomText();

  /**
   * Checks digests for one realm.
   *
   * @param accepted the algorithms a response may use
   * @param nonceLifetime how long after its issue a nonce may be used
   */
  public DigestServer(
      String realm, Set<DigestAlgorithm> accepted, Duration nonceLifetime, Clock clock) {
    this.realm = realm;
    this.accepted = ImmutableSet.copyOf(accepted);
    this.nonces = new Nonces(clock, nonceLifetime, MAX_NONCES_REMEMBERED);
  }

  /**
   * Fresh header values for a 401, one per algorithm (RFC 8760 section 2.4).
   *
   * @param offered the algorithms to offer to this client, the best liked first
   */
  public ImmutableList<String> challenges(List<DigestAlgorithm> offered, boolean stale) {
    ImmutableList.Builder<String> headers = ImmutableList.builder();
    for (DigestAlgorithm algorithm : offered) {
      headers.add(
          new DigestChallenge(realm, nonces.issue(), opaque, algorithm, true, stale).headerValue());
    }
    return headers.build();
  }

  /**
   * Checks the Authorization header values of a request. An unknown user costs the same time as a
   * wrong password. The digest-uri is taken from the credentials and not compared with the
   * Request-URI, because proxies rewrite that one; the nonce count already stops a replay.
   *
   * @param passwordOf the password of a user of the realm, empty if there is no such user
   */
  public DigestVerdict verify(
      String method, List<String> headers, Function<String, Optional<String>> passwordOf) {
    for (String header : headers) {
      Optional<DigestCredentials> credentials = forOurRealm(header);
      if (credentials.isPresent()) {
        return verdict(method, credentials.get(), passwordOf);
      }
    }
    return new DigestVerdict.None();
  }

  private Optional<DigestCredentials> forOurRealm(String header) {
    try {
      return Optional.of(DigestCredentials.parse(header)).filter(c -> c.realm().equals(realm));
    } catch (DigestSyntaxException e) {
      return Optional.empty();
    }
  }

  private DigestVerdict verdict(
      String method, DigestCredentials credentials, Function<String, Optional<String>> passwordOf) {
    String user = credentials.user();
    DigestAlgorithm algorithm = credentials.algorithm();
    if (algorithm == null || !accepted.contains(algorithm)) {
      return new DigestVerdict.Failed(user);
    }
    Optional<String> password = passwordOf.apply(user);
    boolean same =
        constantTimeEquals(
            credentials.expectedResponse(algorithm, method, password.orElse(nobodysPassword)),
            credentials.response().toLowerCase(Locale.ROOT));
    if (!same || password.isEmpty()) {
      return new DigestVerdict.Failed(user);
    }
    return fresh(credentials) ? new DigestVerdict.Verified(user) : new DigestVerdict.Stale(user);
  }

  /** A response without a count (RFC 2069) may use its nonce once. */
  private boolean fresh(DigestCredentials credentials) {
    DigestCredentials.Count count = credentials.count();
    return nonces.use(credentials.nonce(), count == null ? 1 : count.number());
  }

  private static String randomText() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return BaseEncoding.base16().lowerCase().encode(bytes);
  }

  private static boolean constantTimeEquals(String expected, String given) {
    return MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8));
  }
}
