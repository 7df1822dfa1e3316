package org.ringdown.gateway.bridge.leg;

import org.ringdown.gateway.routing.Origin;
import org.ringdown.gateway.trunk.Caller;
import org.ringdown.sip.message.NameAddress;

/**
 * Who is at the end of a leg.
 *
 * @param origin whose rights a call or a transfer of theirs has, as far as it was proved
 * @param name who they are, and whether that may be shown
 * @param device the device, which is not to ring itself; empty for one that cannot be called
 */
public record Party(Origin origin, Caller name, String device) {
  /** A party that does not hide. */
  public static Party shown(Origin origin, NameAddress name, String device) {
    return new Party(origin, Caller.shown(name), device);
  }

  /** As whom the other side sees them. */
  public NameAddress shown() {
    return name.shown();
  }
}
