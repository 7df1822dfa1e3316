package org.ringdown.gateway.bridge.talk;

import com.google.common.collect.ImmutableSet;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.leg.Past;
import org.ringdown.gateway.media.leg.LegRef;

/**
 * A leg that takes a side's seat in a call that goes on.
 *
 * @param past how it stood before
 * @param renewed which legs of the call are to be offered what is left for them to send
 */
public record Newcomer(Leg leg, Past past, ImmutableSet<LegRef> renewed) {
  /** One that was called for this call. */
  public static Newcomer called(Leg leg, ImmutableSet<LegRef> renewed) {
    return new Newcomer(leg, Past.NONE, renewed);
  }
}
