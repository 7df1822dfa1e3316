package org.ringdown.gateway.config;

import com.google.common.collect.ImmutableList;
import java.net.URI;
import java.security.PublicKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sign-in of pages by JWT (RFC 7519). Immutable, safe from any thread.
 *
 * @param keys what tokens may be signed with; none: no sign-in by token
 * @param expected what a token must say
 * @param claims which of its claims mean what
 * @param notice how long before its end a page is told
 * @param callsGoOn whether calls outlive a token that is not renewed
 */
public record Tokens(
    Keys keys, Expected expected, Claims claims, Duration notice, boolean callsGoOn) {
  /** No key, so that nobody signs in by token. */
  public static final Tokens NONE =
      new Tokens(
          new Keys(Secret.NONE, ImmutableList.of(), null),
          new Expected(null, null, Duration.ofSeconds(30)),
          new Claims("sub", "name", "to", "max_calls"),
          Duration.ofSeconds(60),
          false);

  /** Whether pages may sign in by token at all. */
  public boolean areUsed() {
    return !keys.secret().value().isEmpty() || !keys.trusted().isEmpty() || keys.jwks() != null;
  }

  /**
   * The keys.
   *
   * @param secret for HS256 (RFC 7518 section 3.2), at least 32 bytes; empty for none
   * @param trusted for RS256 and ES256: RSA of at least 2048 bits, or the curve P-256
   * @param jwks where a JWK set (RFC 7517 section 5) is: {@code file:}, {@code http:} or {@code
   *     https:}; null for nowhere
   */
  public record Keys(Secret secret, ImmutableList<PublicKey> trusted, @Nullable URI jwks) {}

  /**
   * What a token must say.
   *
   * @param issuer its {@code iss}; null for any
   * @param audience what its {@code aud} must name; null for anything
   * @param clockSkew how far the issuer's clock may be from ours
   */
  public record Expected(@Nullable String issuer, @Nullable String audience, Duration clockSkew) {}

  /**
   * The names of claims.
   *
   * @param user who signs in; a token must have it
   * @param display the name to show
   * @param destinations all that may be called, a text or a list of texts
   * @param maxCalls how many calls at once
   */
  public record Claims(String user, String display, String destinations, String maxCalls) {}
}
