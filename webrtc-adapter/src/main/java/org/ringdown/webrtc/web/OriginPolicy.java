package org.ringdown.webrtc.web;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may open a WebSocket (RFC 6455 section 10.2): those the server itself delivered, and
 * those of configured origins. A client that sends no Origin is no browser and may. Immutable.
 */
final class OriginPolicy {
  private final ImmutableSet<String> allowed;

  /** {@code allowed} holds origins as browsers send them, or {@code *} for all. */
  OriginPolicy(ImmutableList<String> allowed) {
    this.allowed =
        allowed.stream().map(OriginPolicy::normal).collect(ImmutableSet.toImmutableSet());
  }

  /** Whether a request with these header fields may become a WebSocket. */
  boolean allows(@Nullable String origin, @Nullable String host) {
    if (origin == null || allowed.contains("*")) {
      return true;
    }
    String asked = normal(origin);
    return allowed.contains(asked) || isSameHost(asked, host);
  }

  /** Host and port alike. The scheme is left out, because a proxy may end TLS before us. */
  private static boolean isSameHost(String origin, @Nullable String host) {
    int scheme = origin.indexOf("://");
    return scheme > 0
        && host != null
        && origin.substring(scheme + 3).equals(host.toLowerCase(Locale.ROOT));
  }

  private static String normal(String origin) {
    String lower = origin.strip().toLowerCase(Locale.ROOT);
    return lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
