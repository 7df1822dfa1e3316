package org.ringdown.sip.transport;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is special about the way to a server.
 *
 * @param patience how long to wait for it to answer, for an INVITE with anything at all; null for
 *     as long as RFC 3261 has it (64*T1)
 * @param route the URI of a proxy for the Route header (RFC 3261 section 8.1.2); null for none
 */
public record Way(@Nullable Duration patience, @Nullable String route) {
  /** Nothing. */
  public static final Way USUAL = new Way(null, null);
}
