package org.ringdown.gateway.bridge.talk;

import com.google.common.collect.ImmutableMap;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.leg.Party;
import org.ringdown.gateway.config.HeaderPolicy;
import org.ringdown.gateway.media.leg.LegRef;

/**
 * Lets header fields through from one side of a call to the other where the operator allows it on
 * both. Safe from any thread.
 *
 * @param policies what is allowed
 */
public record HeaderGate(Policies policies) {

  /** Which header fields pass between the gateway and whoever has a leg. */
  public interface Policies {
    /** What holds for this party on this leg now. */
    HeaderPolicy of(Party party, LegRef leg);
  }

  /**
   * Gives a leg what of these header fields may pass.
   *
   * @param by who says them, on the leg {@code as}
   */
  public void pass(Party by, LegRef as, ImmutableMap<String, String> headers, Leg to) {
    if (headers.isEmpty() || !to.isThere()) {
      return;
    }
    ImmutableMap<String, String> taken = policies.of(by, as).taken(headers);
    ImmutableMap<String, String> sent = policies.of(to.seat().party(), to.media()).sent(taken);
    if (!sent.isEmpty()) {
      to.say(sent);
    }
  }
}
