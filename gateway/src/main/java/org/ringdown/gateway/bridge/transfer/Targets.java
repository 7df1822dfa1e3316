package org.ringdown.gateway.bridge.transfer;

import org.ringdown.gateway.bridge.leg.CallFacts;
import org.ringdown.gateway.bridge.leg.Party;
import org.ringdown.gateway.bridge.ring.ForkedLeg;
import org.ringdown.gateway.call.EndReason;

/** Finds whom a transfer leads to. Safe from any thread. */
public interface Targets {
  /**
   * Whom a transfer leads to, by the rights of the one who asks for it.
   *
   * @param by who asks
   * @param facts what the devices are to see: who stays in the call calls them
   * @param stays the device of the one who stays, which is not to ring itself
   * @param prefix what the devices' names in the media begin with
   */
  Found find(Party by, CallFacts facts, String stays, String prefix);

  /** What was found. */
  sealed interface Found {
    /** Somebody to call. */
    record Somebody(ForkedLeg.Way way) implements Found {}

    /** Nobody may be called. */
    record Refused(EndReason reason) implements Found {}
  }
}
