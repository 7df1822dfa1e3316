package org.ringdown.gateway.media.join;

import com.google.common.collect.ImmutableList;
import org.ringdown.gateway.media.leg.MediaLeg;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * The calling leg's part in the first exchange of descriptions, which has two forms: the caller
 * offers ({@link OfferingCaller}), or it asks to be offered to ({@link LateCaller}).
 */
sealed interface CallingLeg permits OfferingCaller, LateCaller {
  /** The gateway's end of the leg. */
  MediaLeg media();

  /** What is offered to called legs, as the calling leg says it. */
  ImmutableList<MediaStream> offered();

  /**
   * A called leg has answered. Once both descriptions are there, the called leg has its joint.
   *
   * @return the text for the caller: the answer to its offer, or the offer to it; the same each
   *     time
   */
  String calleeAnswered(CalledLeg leg, MediaLeg.Received answer) throws SdpException;
}
