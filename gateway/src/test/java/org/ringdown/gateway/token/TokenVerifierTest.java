package org.ringdown.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringdown.gateway.config.Secret;
import org.ringdown.gateway.config.Tokens;
import org.ringdown.webrtc.page.Grant;
import org.ringdown.webrtc.page.WebRtcHandler.SignIn;

final class TokenVerifierTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final String SECRET = "a secret of at least 32 characters";
  private static final RSAKey RSA = rsa();
  private static final ECKey EC = ec();

  @Test
  void eachAlgorithmSignsInWithItsOwnKey() throws Exception {
    TokenVerifier verifier = verifier(trusting(), null);
    assertThat(grant(verifier, hs256(claims().build())).user()).isEqualTo("alice");
    assertThat(grant(verifier, rs256(claims().build())).user()).isEqualTo("alice");
    assertThat(grant(verifier, es256(claims().build())).user()).isEqualTo("alice");
  }

  @Test
  void claimsSayWhatIsAllowedAndForHowLong() throws Exception {
    JWTClaimsSet claims =
        claims()
            .claim("name", "Alice A")
            .claim("to", List.of("9196", "bob"))
            .claim("max_calls", 2)
            .build();
    assertThat(grant(verifier(trusting(), null), hs256(claims)))
        .isEqualTo(
            new Grant(
                "alice", "Alice A", Duration.ofSeconds(330), ImmutableSet.of("9196", "bob"), 2));
  }

  @Test
  void unsignedAndMisusedAlgorithmsAreRefused() throws Exception {
    TokenVerifier verifier = verifier(trusting(), null);
    assertThat(refusal(verifier, new PlainJWT(claims().build()).serialize()))
        .isEqualTo("The token is not a signed JWT.");
    byte[] publicKey = RSA.toRSAPublicKey().getEncoded();
    assertThat(
            refusal(
                verifier,
                signed(JWSAlgorithm.HS256, new MACSigner(publicKey), null, claims().build())))
        .isEqualTo("The token's signature is not of a key that is known here.");
    assertThat(
            refusal(
                verifier,
                signed(
                    JWSAlgorithm.HS512, new MACSigner(SECRET.repeat(2)), null, claims().build())))
        .isEqualTo("The token is signed by none of HS256, RS256 and ES256.");
    TokenVerifier onlyRsa =
        verifier(new Tokens.Keys(Secret.NONE, ImmutableList.of(RSA.toRSAPublicKey()), null), null);
    assertThat(refusal(onlyRsa, hs256(claims().build())))
        .isEqualTo("No key is known for the token's algorithm and kid.");
  }

  @Test
  void aTokenThatWasChangedIsRefused() throws Exception {
    String token = hs256(claims().build());
    String other = hs256(claims().subject("bob").build());
    String mixed =
        token.substring(0, token.indexOf('.'))
            + other.substring(other.indexOf('.'), other.lastIndexOf('.'))
            + token.substring(token.lastIndexOf('.'));
    assertThat(refusal(verifier(trusting(), null), mixed)).contains("signature");
    for (String text : List.of("", "x", "a.b.c", "..", token + ".x", "é.é.é")) {
      assertThat(refusal(verifier(trusting(), null), text))
          .isEqualTo("The token is not a signed JWT.");
    }
  }

  @Test
  void timeCountsWithinTheSkew() throws Exception {
    TokenVerifier verifier = verifier(trusting(), null);
    JWTClaimsSet.Builder claims = claims();
    assertThat(grant(verifier, hs256(claims.expirationTime(at(-29)).build())).validFor())
        .isEqualTo(Duration.ofSeconds(1));
    assertThat(refusal(verifier, hs256(claims.expirationTime(at(-30)).build())))
        .isEqualTo("The token has expired.");
    assertThat(refusal(verifier, hs256(claims.expirationTime(null).build())))
        .isEqualTo("The token has no expiry (exp).");
    assertThat(refusal(verifier, hs256(claims().notBeforeTime(at(31)).build())))
        .isEqualTo("The token is not valid yet (nbf).");
    assertThat(grant(verifier, hs256(claims().notBeforeTime(at(30)).build())).user())
        .isEqualTo("alice");
    Date farAway = Date.from(Instant.parse("9999-01-01T00:00:00Z"));
    assertThat(grant(verifier, hs256(claims().expirationTime(farAway).build())).validFor())
        .isEqualTo(Duration.ofDays(365));
  }

  @Test
  void issuerAndAudienceMustFitWhereTheyAreAskedFor() throws Exception {
    TokenVerifier verifier = verifier(trusting(), "phone");
    assertThat(refusal(verifier, hs256(claims().build()))).contains("(iss)");
    assertThat(refusal(verifier, hs256(claims().issuer("login").audience("shop").build())))
        .contains("(aud)");
    assertThat(
            grant(
                    verifier,
                    hs256(claims().issuer("login").audience(List.of("shop", "phone")).build()))
                .user())
        .isEqualTo("alice");
  }

  @Test
  void claimsOfTheWrongKindAllowNothing() throws Exception {
    TokenVerifier verifier = verifier(trusting(), null);
    assertThat(refusal(verifier, hs256(claims().subject("a b").build()))).contains("sub");
    assertThat(refusal(verifier, hs256(claims().subject(null).build()))).contains("sub");
    assertThat(refusal(verifier, hs256(claims().claim("to", List.of()).build()))).contains(" to ");
    assertThat(refusal(verifier, hs256(claims().claim("to", true).build()))).contains(" to ");
    assertThat(refusal(verifier, hs256(claims().claim("max_calls", "x").build())))
        .contains("max_calls");
    assertThat(grant(verifier, hs256(claims().claim("name", "x\ny").build())).display()).isEmpty();
  }

  @Test
  void keysOfAJwkSetAreFoundByTheirKid(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("jwks.json");
    Files.writeString(file, new JWKSet(List.of(RSA.toPublicJWK(), EC.toPublicJWK())).toString());
    TokenVerifier verifier =
        verifier(new Tokens.Keys(Secret.NONE, ImmutableList.of(), file.toUri()), null);
    assertThat(
            grant(
                    verifier,
                    signed(JWSAlgorithm.RS256, new RSASSASigner(RSA), "rsa-1", claims().build()))
                .user())
        .isEqualTo("alice");
    assertThat(grant(verifier, es256(claims().build())).user()).isEqualTo("alice");
    assertThat(
            refusal(
                verifier,
                signed(JWSAlgorithm.RS256, new RSASSASigner(RSA), "rsa-2", claims().build())))
        .isEqualTo("No key is known for the token's algorithm and kid.");
  }

  @Test
  void aJwkSetThatCannotBeHadRefusesAndDoesNotHang() throws Exception {
    URI nowhere = URI.create("http://127.0.0.1:1/jwks.json");
    TokenVerifier verifier =
        verifier(new Tokens.Keys(Secret.NONE, ImmutableList.of(), nowhere), null);
    assertThat(refusal(verifier, rs256(claims().build()))).contains("No key is known");
  }

  @Test
  void withoutAnyKeyEveryTokenIsRefused() throws Exception {
    Tokens.Keys none = new Tokens.Keys(Secret.NONE, ImmutableList.of(), null);
    assertThat(refusal(verifier(none, null), hs256(claims().build())))
        .isEqualTo("This gateway knows no sign-in by token.");
  }

  private static Tokens.Keys trusting() throws JOSEException {
    return new Tokens.Keys(
        new Secret(SECRET), ImmutableList.of(RSA.toRSAPublicKey(), EC.toECPublicKey()), null);
  }

  private static TokenVerifier verifier(Tokens.Keys keys, @Nullable String audience) {
    String issuer = audience == null ? null : "login";
    Tokens settings =
        new Tokens(
            keys,
            new Tokens.Expected(issuer, audience, Duration.ofSeconds(30)),
            new Tokens.Claims("sub", "name", "to", "max_calls"),
            Duration.ofSeconds(60),
            false);
    return TokenVerifier.of(settings, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder().subject("alice").expirationTime(at(300));
  }

  private static Date at(int secondsFromNow) {
    return Date.from(NOW.plusSeconds(secondsFromNow));
  }

  private static String hs256(JWTClaimsSet claims) throws JOSEException {
    return signed(JWSAlgorithm.HS256, new MACSigner(SECRET), null, claims);
  }

  private static String rs256(JWTClaimsSet claims) throws JOSEException {
    return signed(JWSAlgorithm.RS256, new RSASSASigner(RSA), null, claims);
  }

  private static String es256(JWTClaimsSet claims) throws JOSEException {
    return signed(JWSAlgorithm.ES256, new ECDSASigner(EC), null, claims);
  }

  private static String signed(
      JWSAlgorithm algorithm, JWSSigner signer, @Nullable String kid, JWTClaimsSet claims)
      throws JOSEException {
    SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(kid).build(), claims);
    jwt.sign(signer);
    return jwt.serialize();
  }

  private static Grant grant(TokenVerifier verifier, String token) {
    SignIn verdict = verifier.verify(token).join();
    assertThat(verdict).isInstanceOf(SignIn.Accepted.class);
    return ((SignIn.Accepted) verdict).grant();
  }

  private static @Nullable String refusal(TokenVerifier verifier, String token) {
    SignIn verdict = verifier.verify(token).join();
    assertThat(verdict).isInstanceOf(SignIn.Refused.class);
    return ((SignIn.Refused) verdict).text();
  }

  private static RSAKey rsa() {
    try {
      return new RSAKeyGenerator(2048).keyID("rsa-1").generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static ECKey ec() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID("ec-1").generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }
}
