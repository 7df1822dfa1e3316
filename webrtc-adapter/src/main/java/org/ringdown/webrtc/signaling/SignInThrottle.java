package org.ringdown.webrtc.signaling;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts failed sign-ins per address, so that passwords cannot be guessed at speed: an address with
 * too many within a minute has to wait until the minute is over. IPv6 addresses count by their /64.
 * Bounded memory. Safe from any thread.
 */
public final class SignInThrottle {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MAX_ADDRESSES = 10_000;
  private static final int PREFIX_BYTES = 8;

  private final int limit;
  private final Cache<String, AtomicInteger> failures;

  /** Allows {@code limit} failures per address and minute. */
  public SignInThrottle(int limit, Ticker ticker) {
    this.limit = limit;
    failures =
        CacheBuilder.newBuilder()
            .maximumSize(MAX_ADDRESSES)
            .expireAfterWrite(WINDOW)
            .ticker(ticker)
            .build();
  }

  /** Whether this address may try. */
  public boolean allows(InetAddress address) {
    AtomicInteger count = failures.getIfPresent(key(address));
    return count == null || count.get() < limit;
  }

  /** This address gave a wrong password or token. */
  public void failed(InetAddress address) {
    failures.asMap().computeIfAbsent(key(address), any -> new AtomicInteger()).incrementAndGet();
  }

  /** What addresses are counted by: the address itself, or the /64 of an IPv6 one. */
  public static String key(InetAddress address) {
    byte[] bytes = address.getAddress();
    return Arrays.toString(
        address instanceof Inet6Address ? Arrays.copyOf(bytes, PREFIX_BYTES) : bytes);
  }
}
