package org.ringdown.gateway.bridge.transfer;

import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.leg.CallFacts;
import org.ringdown.gateway.bridge.leg.Party;
import org.ringdown.gateway.bridge.ring.ForkedLeg;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.routing.Origin;

/** Finds whom a transfer leads to. Safe from any thread. */
public interface Targets {
  /**
   * Whom a transfer leads to, by the rights of the one who asks for it.
   *
   * @param by who asks
   * @param facts what the devices are to see: who stays in the call calls them
   * @param stays who stays, whose device is not to ring itself
   * @param prefix what the devices' names in the media begin with
   */
  Found find(Party by, CallFacts facts, Party stays, String prefix);

  /** Whether somebody of such an origin is asked to call a target at the same place by itself. */
  default Handing handing(Origin stays) {
    return Handing.NEVER;
  }

  /** When somebody is asked to call a target by itself. */
  enum Handing {
    /** Never: the gateway calls it. */
    NEVER,
    /** If it has said that it can. */
    IF_ABLE,
    /** Always. */
    ALWAYS
  }

  /**
   * Where somebody finds the target without the gateway.
   *
   * @param address in the terms of the one who stays
   * @param onlyIfAble to ask only a leg that has said that it can
   */
  record There(String address, boolean onlyIfAble) {}

  /** What was found. */
  sealed interface Found {
    /**
     * Somebody to call.
     *
     * @param there where the one who stays is to call by itself; null if the gateway is to do it
     */
    record Somebody(ForkedLeg.Way way, @Nullable There there) implements Found {}

    /** Nobody may be called. */
    record Refused(EndReason reason) implements Found {}
  }
}
