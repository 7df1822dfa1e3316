package org.ringdown.gateway.token;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.ringdown.gateway.config.Tokens;
import org.ringdown.webrtc.page.WebRtcHandler.SignIn;
import org.ringdown.webrtc.signaling.ReasonCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whether a JWT (RFC 7519) may sign in, and as whom. HS256, RS256 and ES256 (RFC 7518), each
 * with keys of its own kind; unsigned tokens are none. Nothing of a token is believed before its
 * signature. Safe from any thread.
 */
public final class TokenVerifier {
  private static final Logger log = LoggerFactory.getLogger(TokenVerifier.class);
  private static final ImmutableSet<JWSAlgorithm> ALGORITHMS =
      ImmutableSet.of(JWSAlgorithm.HS256, JWSAlgorithm.RS256, JWSAlgorithm.ES256);

  private final TokenKeys keys;
  private final TokenClaims claims;
  private final boolean used;

  private TokenVerifier(TokenKeys keys, TokenClaims claims, boolean used) {
    this.keys = keys;
    this.claims = claims;
    this.used = used;
  }

  /** A verifier for these settings; with no key in them it refuses every token. */
  public static TokenVerifier of(Tokens settings, Clock clock) {
    return new TokenVerifier(
        TokenKeys.of(settings.keys()), new TokenClaims(settings, clock), settings.areUsed());
  }

  /** The verdict on a token: at once, or when the keys have come. Never fails. */
  public CompletableFuture<SignIn> verify(String token) {
    if (!used) {
      return refused("This gateway knows no sign-in by token.");
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
        return refused("The token is signed by none of HS256, RS256 and ES256.");
      }
      return keys.candidates(jwt.getHeader())
          .thenApply(candidates -> judge(jwt, candidates))
          .exceptionally(TokenVerifier::failed);
    } catch (ParseException | IllegalArgumentException e) {
      return refused("The token is not a signed JWT.");
    }
  }

  private SignIn judge(SignedJWT jwt, ImmutableList<JWK> candidates) {
    if (candidates.isEmpty()) {
      return refusal("No key is known for the token's algorithm and kid.");
    }
    if (candidates.stream().noneMatch(key -> verifies(jwt, key))) {
      return refusal("The token's signature is not of a key that is known here.");
    }
    try {
      JWTClaimsSet said = jwt.getJWTClaimsSet();
      return said == null ? refusal("The token holds no claims.") : claims.judge(said);
    } catch (ParseException e) {
      return refusal("The token's claims are not of the form of RFC 7519.");
    }
  }

  private static boolean verifies(SignedJWT jwt, JWK key) {
    try {
      return jwt.verify(verifier(key));
    } catch (JOSEException | IllegalStateException e) {
      log.debug("A signature cannot be verified: {}", e.getMessage());
      return false;
    }
  }

  private static JWSVerifier verifier(JWK key) throws JOSEException {
    if (key instanceof OctetSequenceKey secret) {
      return new MACVerifier(secret);
    }
    return key instanceof RSAKey rsa ? new RSASSAVerifier(rsa) : new ECDSAVerifier((ECKey) key);
  }

  private static SignIn failed(Throwable failure) {
    log.warn("A token cannot be judged", failure);
    return new SignIn.Refused(ReasonCode.SERVER_ERROR, null);
  }

  private static CompletableFuture<SignIn> refused(String text) {
    return CompletableFuture.completedFuture(refusal(text));
  }

  static SignIn refusal(String text) {
    return new SignIn.Refused(ReasonCode.UNAUTHORIZED, text);
  }
}
