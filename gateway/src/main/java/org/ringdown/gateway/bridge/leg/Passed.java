package org.ringdown.gateway.bridge.leg;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import org.ringdown.gateway.config.HeaderPolicy;
import org.ringdown.gateway.trunk.Diversion;
import org.ringdown.sip.leg.Dial;
import org.ringdown.sip.leg.Invite;

/**
 * What came with a call for its callee.
 *
 * @param headers header fields that its side may pass on
 * @param diversions how it was forwarded before it came, the first first
 * @param hops how many more it may take, this one included
 */
public record Passed(
    ImmutableMap<String, String> headers, ImmutableList<Diversion> diversions, int hops) {
  /** Who transferred the call here (RFC 3892). */
  public static final String REFERRED_BY = "Referred-By";

  /** Nothing. */
  public static final Passed NOTHING = Passed.begun(ImmutableMap.of());

  /** How many hops are left to whoever is called for it. */
  public int hopsOnward() {
    return Math.max(0, hops - 1);
  }

  /** The dialog whose place the call is to take at the callee (RFC 3891). */
  public static final String REPLACES = "Replaces";

  /**
   * Nothing but who transferred the call.
   *
   * @param replaces the dialog whose place it is to take; empty for none
   */
  public static Passed referred(String by, String replaces) {
    return begun(
        replaces.isEmpty()
            ? ImmutableMap.of(REFERRED_BY, by)
            : ImmutableMap.of(REFERRED_BY, by, REPLACES, replaces));
  }

  /** Whether the call takes another one's place, which only a phone or a trunk can understand. */
  public boolean replaces() {
    return headers.containsKey(REPLACES);
  }

  /** Of a call that begins here. */
  public static Passed begun(ImmutableMap<String, String> headers) {
    return new Passed(headers, ImmutableList.of(), Dial.MOST_HOPS + 1);
  }

  /** Of an INVITE's header fields those that its side may pass on; several values become one. */
  public static Passed of(Invite invite, HeaderPolicy policy, ImmutableList<Diversion> diversions) {
    return new Passed(policy.taken(joined(invite.headers())), diversions, invite.hopsLeft());
  }

  /** Each header field once; several values become one. */
  public static ImmutableMap<String, String> joined(ImmutableListMultimap<String, String> headers) {
    ImmutableMap.Builder<String, String> joined = ImmutableMap.builder();
    headers.asMap().forEach((name, values) -> joined.put(name, String.join(", ", values)));
    return joined.buildOrThrow();
  }
}
