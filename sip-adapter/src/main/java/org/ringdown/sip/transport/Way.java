package org.ringdown.sip.transport;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is special about the way to a server, or to a phone that has registered.
 *
 * @param patience how long to wait for it to answer, for an INVITE with anything at all; null for
 *     as long as RFC 3261 has it (64*T1)
 * @param route the URI of a proxy for the Route header (RFC 3261 section 8.1.2); null for none
 * @param registered whether the destination is where a phone registered from, and the Request-URI
 *     its Contact, which then has a say ({@link ContactHops})
 */
public record Way(@Nullable Duration patience, @Nullable String route, boolean registered) {
  /** Nothing. */
  public static final Way USUAL = new Way(null, null);

  /** The way to a phone that has registered. */
  public static final Way TO_PHONE = new Way(null, null, true);

  /** The way to a server. */
  public Way(@Nullable Duration patience, @Nullable String route) {
    this(patience, route, false);
  }
}
