package org.ringdown.gateway.bridge.leg;

import org.ringdown.gateway.call.EndReason;

/**
 * A new leg that is to take the place of another one: in a call that goes on, or of one that rings
 * (RFC 3891). Whoever hears of it answers it or ends it.
 *
 * @param offer the media it offers
 * @param earlyOnly whether it wants to do so only before the call is answered
 * @param ofTheSame whether it is of whoever has the leg that it replaces, and not of somebody who
 *     may only pick up what rings there
 */
public record Replacement(Leg leg, String offer, boolean earlyOnly, boolean ofTheSame) {
  /** The call does not take the leg. */
  public void refuse(EndReason reason) {
    leg.end(reason);
  }
}
