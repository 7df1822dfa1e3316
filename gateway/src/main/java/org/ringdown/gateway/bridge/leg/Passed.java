package org.ringdown.gateway.bridge.leg;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import org.ringdown.gateway.config.HeaderPolicy;
import org.ringdown.gateway.trunk.Diversion;

/**
 * What came with a call for its callee.
 *
 * @param headers header fields that its side may pass on
 * @param diversions how it was forwarded before it came, the first first
 */
public record Passed(ImmutableMap<String, String> headers, ImmutableList<Diversion> diversions) {
  /** Who transferred the call here (RFC 3892). */
  public static final String REFERRED_BY = "Referred-By";

  /** Nothing. */
  public static final Passed NOTHING = new Passed(ImmutableMap.of(), ImmutableList.of());

  /** Nothing but who transferred the call. */
  public static Passed referred(String by) {
    return new Passed(ImmutableMap.of(REFERRED_BY, by), ImmutableList.of());
  }

  /** Of an INVITE's header fields those that its side may pass on; several values become one. */
  public static Passed of(
      ImmutableListMultimap<String, String> headers,
      HeaderPolicy policy,
      ImmutableList<Diversion> diversions) {
    ImmutableMap.Builder<String, String> joined = ImmutableMap.builder();
    headers.asMap().forEach((name, values) -> joined.put(name, String.join(", ", values)));
    return new Passed(policy.taken(joined.buildOrThrow()), diversions);
  }
}
