package org.ringdown.gateway.bridge.leg;

import org.ringdown.gateway.call.EndReason;

/**
 * A new leg that is to take the place of one in a call that goes on (RFC 3891). Whoever hears of it
 * answers it or ends it.
 *
 * @param offer the media it offers
 * @param earlyOnly whether it wants to do so only before the call is answered
 */
public record Replacement(Leg leg, String offer, boolean earlyOnly) {
  /** The call does not take the leg. */
  public void refuse(EndReason reason) {
    leg.end(reason);
  }
}
