package org.ringdown.gateway.config;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Map;

/**
 * Which header fields of an INVITE pass between a side and the gateway. Immutable, safe from any
 * thread.
 *
 * @param in names that are taken from there; one that ends in {@code *} stands for all that begin
 *     so
 * @param out names that are sent there
 */
public record HeaderPolicy(ImmutableList<String> in, ImmutableList<String> out) {
  /** Nothing passes. */
  public static final HeaderPolicy NONE = new HeaderPolicy(ImmutableList.of(), ImmutableList.of());

  /** What the gateway writes itself, or what holds for one hop only (RFC 3261 section 20). */
  private static final ImmutableSet<String> OWN =
      ImmutableSet.of(
          "accept",
          "accept-encoding",
          "accept-language",
          "allow",
          "allow-events",
          "authentication-info",
          "authorization",
          "call-id",
          "contact",
          "content-disposition",
          "content-encoding",
          "content-language",
          "content-length",
          "content-type",
          "cseq",
          "date",
          "diversion",
          "expires",
          "from",
          "history-info",
          "max-forwards",
          "mime-version",
          "min-se",
          "p-asserted-identity",
          "p-preferred-identity",
          "path",
          "privacy",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-require",
          "rack",
          "reason",
          "record-route",
          "refer-to",
          "referred-by",
          "replaces",
          "require",
          "retry-after",
          "route",
          "rseq",
          "server",
          "service-route",
          "session-expires",
          "supported",
          "timestamp",
          "to",
          "unsupported",
          "user-agent",
          "via",
          "warning",
          "www-authenticate");

  /** Whether the gateway alone decides about a header field; the compact forms are included. */
  public static boolean isOwn(String name) {
    return name.length() == 1 || OWN.contains(Ascii.toLowerCase(name));
  }

  /** Of these header fields, those that are taken from there. */
  public ImmutableMap<String, String> taken(Map<String, String> headers) {
    return allowed(in, headers);
  }

  /** Of these header fields, those that are sent there. */
  public ImmutableMap<String, String> sent(Map<String, String> headers) {
    return allowed(out, headers);
  }

  private static ImmutableMap<String, String> allowed(
      ImmutableList<String> names, Map<String, String> headers) {
    ImmutableMap.Builder<String, String> allowed = ImmutableMap.builder();
    headers.forEach(
        (name, value) -> {
          if (!isOwn(name) && names.stream().anyMatch(pattern -> matches(pattern, name))) {
            allowed.put(name, value);
          }
        });
    return allowed.buildOrThrow();
  }

  private static boolean matches(String pattern, String name) {
    if (!pattern.endsWith("*")) {
      return Ascii.equalsIgnoreCase(pattern, name);
    }
    String beginning = Ascii.toLowerCase(pattern.substring(0, pattern.length() - 1));
    return Ascii.toLowerCase(name).startsWith(beginning);
  }
}
