package org.ringdown.gateway.token;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableList;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A JWK set (RFC 7517 section 5) that is somewhere else. Fetched when it is first needed, again
 * when it has grown old, and for a key that is not in it: an issuer may have changed its keys. Not
 * more than once a minute, whatever tokens ask for. Safe from any thread.
 */
final class KeySet {
  private static final Logger log = LoggerFactory.getLogger(KeySet.class);
  private static final Duration AT_LEAST_BETWEEN = Duration.ofMinutes(1);
  private static final Duration OLD = Duration.ofMinutes(15);

  private final Supplier<CompletableFuture<String>> source;
  private final Ticker ticker;
  private ImmutableList<JWK> known = ImmutableList.of();
  private @Nullable Long askedAt;
  private CompletableFuture<ImmutableList<JWK>> fetching =
      CompletableFuture.completedFuture(ImmutableList.of());

  /**
   * @param source gives the text of the set, without blocking
   */
  KeySet(Supplier<CompletableFuture<String>> source, Ticker ticker) {
    this.source = source;
    this.ticker = ticker;
  }

  /** The keys; {@code kid} is one that they should contain, null if it does not matter. */
  CompletableFuture<ImmutableList<JWK>> keys(@Nullable String kid) {
    CompletableFuture<ImmutableList<JWK>> running;
    boolean has;
    boolean ask;
    synchronized (this) {
      has = has(kid);
      ask = fetching.isDone() && isOlderThan(has ? OLD : AT_LEAST_BETWEEN);
      if (ask) {
        askedAt = ticker.read();
        fetching = new CompletableFuture<>();
      }
      running = has ? CompletableFuture.completedFuture(known) : fetching;
    }
    if (ask) {
      var unused = source.get().whenComplete(this::taken);
    }
    return running;
  }

  private boolean has(@Nullable String kid) {
    return !known.isEmpty()
        && (kid == null || known.stream().anyMatch(key -> kid.equals(key.getKeyID())));
  }

  private boolean isOlderThan(Duration age) {
    return askedAt == null || ticker.read() - askedAt >= age.toNanos();
  }

  private void taken(@Nullable String text, @Nullable Throwable failure) {
    if (text == null) {
      log.warn("The JWK set cannot be had: {}", String.valueOf(failure));
      done(Optional.empty());
      return;
    }
    try {
      done(Optional.of(ImmutableList.copyOf(JWKSet.parse(text).getKeys())));
    } catch (ParseException e) {
      log.warn("What is at the place of the JWK set is none");
      done(Optional.empty());
    }
  }

  private void done(Optional<ImmutableList<JWK>> fetched) {
    CompletableFuture<ImmutableList<JWK>> waiting;
    ImmutableList<JWK> keys;
    synchronized (this) {
      known = fetched.orElse(known);
      keys = known;
      waiting = fetching;
    }
    waiting.complete(keys);
  }
}
