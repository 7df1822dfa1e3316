package org.ringdown.gateway.sdp;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * The answer to an offer that a leg sends in the middle of a call, made without asking the other
 * leg: hold and resume, a new address, an ICE restart, a session refresh.
 *
 * @param streams the answer, one for each section of the offer, with the offer's payload types:
 *     codecs agreed on before, direction mirrored (sendonly is answered recvonly, inactive with
 *     inactive; RFC 3264 section 8.4), streams that are new or were refused before are refused
 */
public record Reoffer(ImmutableList<MediaStream> streams) {

  /**
   * Answers an offer.
   *
   * @param agreed what is in use on this leg: {@link RelayedAnswer#callerStreams()}, {@link
   *     RelayedAnswer#calleeStreams()}, or the streams of the last such answer
   * @param offered the streams of the new offer
   * @throws SdpException NO_COMMON_CODEC if no audio codec agreed on is offered any more;
   *     ANSWER_DOES_NOT_FIT if sections have disappeared (RFC 3264 section 8)
   */
  public static Reoffer answer(List<MediaStream> agreed, List<MediaStream> offered)
      throws SdpException {
    throw new SdpException(SdpException.Reason.UNSUPPORTED, "not built yet");
  }
}
