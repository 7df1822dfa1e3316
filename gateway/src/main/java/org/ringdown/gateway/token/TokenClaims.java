package org.ringdown.gateway.token;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableSet;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.config.Tokens;
import org.ringdown.webrtc.page.Grant;
import org.ringdown.webrtc.page.WebRtcHandler.SignIn;
import org.ringdown.webrtc.signaling.ReasonCode;

/** What the claims of a token that is genuine allow (RFC 7519 section 4.1). */
record TokenClaims(Tokens settings, Clock clock) {
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final int MAX_DISPLAY = 64;
  private static final int MAX_DESTINATIONS = 100;
  private static final int MAX_CALLS = 1_000;
  private static final Pattern USER = Pattern.compile("[A-Za-z0-9._+*~-]{1,64}");

  SignIn judge(JWTClaimsSet said) {
    Optional<SignIn> objection = time(said).or(() -> parties(said));
    if (objection.isPresent()) {
      return objection.get();
    }
    Object user = said.getClaim(settings.claims().user());
    if (!(user instanceof String name) || !USER.matcher(name).matches()) {
      return refusal("The token's claim " + settings.claims().user() + " is no user name.");
    }
    return granted(name, said);
  }

  private Optional<SignIn> time(JWTClaimsSet said) {
    Date expiry = said.getExpirationTime();
    if (expiry == null) {
      return Optional.of(refusal("The token has no expiry (exp)."));
    }
    Instant now = clock.instant();
    Duration skew = settings.expected().clockSkew();
    if (!now.isBefore(expiry.toInstant().plus(skew))) {
      return Optional.of(new SignIn.Refused(ReasonCode.TOKEN_EXPIRED, "The token has expired."));
    }
    Date begin = said.getNotBeforeTime();
    return begin != null && now.isBefore(begin.toInstant().minus(skew))
        ? Optional.of(refusal("The token is not valid yet (nbf)."))
        : Optional.empty();
  }

  private Optional<SignIn> parties(JWTClaimsSet said) {
    String issuer = settings.expected().issuer();
    if (issuer != null && !issuer.equals(said.getIssuer())) {
      return Optional.of(refusal("The token is of another issuer (iss)."));
    }
    String audience = settings.expected().audience();
    return audience != null && !said.getAudience().contains(audience)
        ? Optional.of(refusal("The token is for another audience (aud)."))
        : Optional.empty();
  }

  private SignIn granted(String user, JWTClaimsSet said) {
    Optional<ImmutableSet<String>> destinations =
        destinations(said.getClaim(settings.claims().destinations()));
    Optional<Integer> maxCalls = maxCalls(said.getClaim(settings.claims().maxCalls()));
    if (destinations.isEmpty()) {
      return refusal(
          "The token's claim " + settings.claims().destinations() + " is no list of numbers.");
    }
    if (maxCalls.isEmpty()) {
      return refusal(
          "The token's claim " + settings.claims().maxCalls() + " is no number of calls.");
    }
    return new SignIn.Accepted(
        new Grant(
            user,
            display(said.getClaim(settings.claims().display())),
            validFor(said),
            destinations.get(),
            maxCalls.get()));
  }

  private Duration validFor(JWTClaimsSet said) {
    Instant end = said.getExpirationTime().toInstant().plus(settings.expected().clockSkew());
    Duration left = Duration.between(clock.instant(), end);
    return left.compareTo(LONGEST) < 0 ? left : LONGEST;
  }

  /** Empty if it is there and cannot be understood: then the token allows nothing. */
  private static Optional<ImmutableSet<String>> destinations(@Nullable Object claim) {
    if (claim == null) {
      return Optional.of(ImmutableSet.of());
    }
    Collection<?> entries = claim instanceof Collection<?> many ? many : List.of(claim);
    boolean understood =
        !entries.isEmpty()
            && entries.size() <= MAX_DESTINATIONS
            && entries.stream().allMatch(one -> one instanceof String || one instanceof Long);
    return understood
        ? Optional.of(entries.stream().map(String::valueOf).collect(ImmutableSet.toImmutableSet()))
        : Optional.empty();
  }

  private static Optional<Integer> maxCalls(@Nullable Object claim) {
    if (claim == null) {
      return Optional.of(0);
    }
    return claim instanceof Long number && number >= 1 && number <= MAX_CALLS
        ? Optional.of(number.intValue())
        : Optional.empty();
  }

  private static String display(@Nullable Object claim) {
    boolean usable =
        claim instanceof String text
            && text.length() <= MAX_DISPLAY
            && CharMatcher.javaIsoControl().matchesNoneOf(text);
    return usable ? String.valueOf(claim) : "";
  }

  private static SignIn refusal(String text) {
    return TokenVerifier.refusal(text);
  }
}
