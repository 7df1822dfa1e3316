package org.ringdown.gateway.sdp;

import com.google.common.collect.ImmutableList;

/**
 * What both legs have agreed on.
 *
 * @param callerStreams the answer for the calling leg: one for each section of its offer, with its
 *     payload types and only codecs that the called leg took, in the called leg's order; what the
 *     called leg refused is refused. Direction is the called leg's
 * @param calleeStreams what is in use on the called leg: one for each section of its answer, with
 *     its payload types, only codecs in common, direction as the called leg said it
 * @param pairs the streams to join; refused ones are in none
 */
public record RelayedAnswer(
    ImmutableList<MediaStream> callerStreams,
    ImmutableList<MediaStream> calleeStreams,
    ImmutableList<Pair> pairs) {

  /**
   * Two streams that belong together.
   *
   * @param caller index of the section in the caller's descriptions
   * @param callee index of the section in the called leg's descriptions
   * @param payloads from one leg's payload types to the other's
   */
  public record Pair(int caller, int callee, PayloadMap payloads) {}
}
