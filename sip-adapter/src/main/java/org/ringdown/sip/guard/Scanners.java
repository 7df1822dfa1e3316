package org.ringdown.sip.guard;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ImmutableMap;
import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows who tries numbers and passwords. A source that leaves challenges unanswered is first
 * slowed, then ignored for a time, so that a scan costs next to nothing and finds nothing. Whoever
 * has proved to be a user lately is slowed at the most: many phones may share an address with a bad
 * one. Safe from any thread.
 */
public final class Scanners {
  private static final Logger LOG = LoggerFactory.getLogger(Scanners.class);
  private static final int MOST_SOURCES = 20_000;
  private static final int IPV6_PREFIX_BYTES = 8;
  private static final Duration TRUST = Duration.ofHours(1);
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final ScannerLimits limits;
  private final Ticker ticker;
  private final Cache<InetAddress, Standing> sources;
  private final LongAdder slowed = new LongAdder();
  private final LongAdder ignored = new LongAdder();

  /** Nobody is known yet. */
  public Scanners(ScannerLimits limits, Ticker ticker) {
    this.limits = limits;
    this.ticker = ticker;
    this.sources =
        CacheBuilder.newBuilder()
            .maximumSize(MOST_SOURCES)
            .expireAfterAccess(limits.ignoreFor().plus(TRUST))
            .ticker(ticker)
            .build();
  }

  /** What has been done so far, and to how many sources it is being done. */
  public record View(long slowedRequests, long ignoredRequests, ImmutableMap<String, Long> now) {}

  /** How many requests were dropped, and who is ignored now for how many seconds more. */
  public View view() {
    long now = ticker.read();
    ImmutableMap.Builder<String, Long> ignoredNow = ImmutableMap.builder();
    sources
        .asMap()
        .forEach(
            (source, standing) -> {
              long left = standing.ignoredForNanos(now);
              if (left > 0) {
                ignoredNow.put(InetAddresses.toAddrString(source), left / SECOND + 1);
              }
            });
    return new View(slowed.sum(), ignored.sum(), ignoredNow.buildOrThrow());
  }

  /** Whether a request is to be dropped before it is read. */
  public boolean ignores(String address) {
    if (sources.size() == 0 || !InetAddresses.isInetAddress(address)) {
      return false;
    }
    Standing standing = sources.getIfPresent(key(InetAddresses.forString(address)));
    if (standing == null || standing.ignoredForNanos(ticker.read()) <= 0) {
      return false;
    }
    ignored.increment();
    return true;
  }

  /** Whether a request without credentials is to be dealt with. */
  public boolean admits(InetAddress address) {
    Standing standing = sources.getIfPresent(key(address));
    if (standing == null || standing.admits(ticker.read(), limits)) {
      return true;
    }
    slowed.increment();
    return false;
  }

  /** This source was asked for credentials. */
  public void challenged(InetAddress address) {
    if (isExempt(address)) {
      return;
    }
    Standing standing = sources.asMap().computeIfAbsent(key(address), any -> standing());
    if (standing.challenged(ticker.read(), limits)) {
      LOG.warn(
          "A source of SIP requests left {} challenges unanswered and is ignored for {}",
          limits.ignoreAfter(),
          limits.ignoreFor());
    }
  }

  /** This source has shown the password of a user. */
  public void proved(InetAddress address) {
    if (!isExempt(address)) {
      sources.asMap().computeIfAbsent(key(address), any -> standing()).proved(ticker.read());
    }
  }

  private Standing standing() {
    return new Standing(ticker.read());
  }

  private boolean isExempt(InetAddress address) {
    return limits.ignoreFor().isZero() || limits.exempt().test(address);
  }

  private static InetAddress key(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address;
    }
    byte[] prefix = Arrays.copyOf(address.getAddress(), IPV6_PREFIX_BYTES);
    try {
      return InetAddress.getByAddress(Arrays.copyOf(prefix, address.getAddress().length));
    } catch (UnknownHostException e) {
      throw new AssertionError(e); // the length is that of an address
    }
  }

  /** One source: a bucket that fills with challenges and leaks. */
  private static final class Standing {
    private double unanswered;
    private long seen;
    private long slowedUntil;
    private long trustedUntil;
    private long ignoredUntil;
    private boolean isTrusted;
    private boolean isIgnored;

    Standing(long now) {
      seen = now;
      slowedUntil = now;
    }

    synchronized boolean challenged(long now, ScannerLimits limits) {
      leak(now, limits);
      unanswered++;
      boolean trusted = isTrusted && now - trustedUntil < 0;
      if (unanswered <= limits.ignoreAfter() || trusted || isIgnored) {
        return false;
      }
      isIgnored = true;
      ignoredUntil = now + limits.ignoreFor().toNanos();
      return true;
    }

    synchronized void proved(long now) {
      unanswered = 0;
      isTrusted = true;
      trustedUntil = now + TRUST.toNanos();
    }

    synchronized boolean admits(long now, ScannerLimits limits) {
      leak(now, limits);
      if (unanswered <= limits.slowAfter()) {
        return true;
      }
      boolean admitted = now - slowedUntil >= 0;
      if (admitted) {
        slowedUntil = now + SECOND;
      }
      return admitted;
    }

    synchronized long ignoredForNanos(long now) {
      if (isIgnored && now - ignoredUntil >= 0) {
        isIgnored = false;
        unanswered = 0;
      }
      return isIgnored ? ignoredUntil - now : 0;
    }

    private void leak(long now, ScannerLimits limits) {
      if (unanswered > 0) {
        double leaked = (double) (now - seen) / SECOND * limits.slowAfter() / 60;
        unanswered = Math.max(0, unanswered - leaked);
      }
      seen = now;
    }
  }
}
