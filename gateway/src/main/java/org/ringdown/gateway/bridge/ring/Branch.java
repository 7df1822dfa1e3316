package org.ringdown.gateway.bridge.ring;

import java.util.Optional;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.leg.Party;
import org.ringdown.gateway.bridge.leg.Seat;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.media.leg.LegRef;

/** One device that a call can be offered to: a phone's contact, a page, an extension. */
public interface Branch {
  /** The leg that this branch will be, for the media engine. */
  LegRef media();

  /** Who is there. */
  Party party();

  /** Offers the call. Called once, on the call's executor; the leg takes the seat. */
  Leg dial(String sdp, Seat seat);

  /** How the call is put to a device that makes the offer itself; empty for one that gets it. */
  default Optional<Asking> asking() {
    return Optional.empty();
  }

  /** Puts the call to a device that makes the offer itself. */
  interface Asking {
    /** As {@link Branch#dial}; what the leg then says is an offer, and wants an answer. */
    Leg dial(Seat seat);
  }

  /**
   * The same device with another offer, if this refusal of the first may mean that it wants one.
   */
  default Optional<Branch> instead(EndReason refusal) {
    return Optional.empty();
  }
}
