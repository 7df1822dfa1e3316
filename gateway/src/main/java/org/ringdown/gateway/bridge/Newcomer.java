package org.ringdown.gateway.bridge;

import com.google.common.collect.ImmutableSet;
import org.ringdown.gateway.media.MediaSession.LegRef;

/**
 * A leg that takes a side's seat in a call that goes on.
 *
 * @param past how it stood before
 * @param renewed which legs of the call are to be offered what is left for them to send
 */
record Newcomer(Leg leg, Past past, ImmutableSet<LegRef> renewed) {
  /** One that was called for this call. */
  static Newcomer called(Leg leg, ImmutableSet<LegRef> renewed) {
    return new Newcomer(leg, Past.NONE, renewed);
  }
}
