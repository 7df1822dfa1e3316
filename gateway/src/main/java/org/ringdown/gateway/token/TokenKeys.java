package org.ringdown.gateway.token;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableList;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.config.Tokens;

/**
 * The keys that a token may be signed with. Each algorithm has keys of its own kind only, so that a
 * public key never serves as a secret; and a secret is never taken from a JWK set, which is public.
 * Safe from any thread.
 */
final class TokenKeys {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int OK = 200;

  private final ImmutableList<JWK> configured;
  private final @Nullable KeySet remote;

  private TokenKeys(ImmutableList<JWK> configured, @Nullable KeySet remote) {
    this.configured = configured;
    this.remote = remote;
  }

  static TokenKeys of(Tokens.Keys keys) {
    ImmutableList.Builder<JWK> configured = ImmutableList.builder();
    String secret = keys.secret().value();
    if (!secret.isEmpty()) {
      configured.add(new OctetSequenceKey.Builder(secret.getBytes(StandardCharsets.UTF_8)).build());
    }
    keys.trusted().forEach(key -> configured.add(jwk(key)));
    URI jwks = keys.jwks();
    KeySet remote = jwks == null ? null : new KeySet(source(jwks), Ticker.systemTicker());
    return new TokenKeys(configured.build(), remote);
  }

  /** Those that can have made this signature. */
  CompletableFuture<ImmutableList<JWK>> candidates(JWSHeader header) {
    CompletableFuture<ImmutableList<JWK>> others =
        remote == null || header.getAlgorithm().equals(JWSAlgorithm.HS256)
            ? CompletableFuture.completedFuture(ImmutableList.of())
            : remote.keys(header.getKeyID());
    return others.thenApply(
        more ->
            Stream.concat(
                    configured.stream(),
                    more.stream().filter(key -> !(key instanceof OctetSequenceKey)))
                .filter(key -> fits(key, header))
                .collect(ImmutableList.toImmutableList()));
  }

  private static boolean fits(JWK key, JWSHeader header) {
    boolean kind =
        key instanceof OctetSequenceKey && header.getAlgorithm().equals(JWSAlgorithm.HS256)
            || key instanceof RSAKey && header.getAlgorithm().equals(JWSAlgorithm.RS256)
            || key instanceof ECKey && header.getAlgorithm().equals(JWSAlgorithm.ES256);
    boolean algorithm =
        key.getAlgorithm() == null || key.getAlgorithm().equals(header.getAlgorithm());
    boolean name =
        key.getKeyID() == null
            || header.getKeyID() == null
            || key.getKeyID().equals(header.getKeyID());
    return kind && algorithm && name;
  }

  private static JWK jwk(PublicKey key) {
    return key instanceof RSAPublicKey rsa
        ? new RSAKey.Builder(rsa).build()
        : new ECKey.Builder(Curve.P_256, (ECPublicKey) key).build();
  }

  private static Supplier<CompletableFuture<String>> source(URI jwks) {
    if (jwks.getScheme().equals("file")) {
      return () -> CompletableFuture.supplyAsync(() -> read(Path.of(jwks)));
    }
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    HttpRequest request = HttpRequest.newBuilder(jwks).timeout(PATIENCE).build();
    return () ->
        client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(TokenKeys::body);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String body(HttpResponse<String> response) {
    if (response.statusCode() != OK) {
      throw new UncheckedIOException(new IOException("status " + response.statusCode()));
    }
    return response.body();
  }
}
