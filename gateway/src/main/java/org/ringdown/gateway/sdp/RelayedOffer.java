package org.ringdown.gateway.sdp;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * What a called leg is offered of what the calling leg offers. The gateway never transcodes, so it
 * is a part of the caller's codecs; streams that the gateway cannot relay are left out.
 *
 * @param offered the caller's streams
 * @param streams the streams to offer to the called leg
 * @param from for each of {@code streams} the index of the caller's stream it stands for
 */
public record RelayedOffer(
    ImmutableList<MediaStream> offered,
    ImmutableList<MediaStream> streams,
    ImmutableList<Integer> from) {

  /**
   * The offer for a phone or PBX: opus, G722, PCMU, PCMA and telephone-event; VP8 and H264.
   *
   * @throws SdpException NO_COMMON_CODEC if nothing is left
   */
  public static RelayedOffer toPhone(List<MediaStream> offered) throws SdpException {
    throw new SdpException(SdpException.Reason.UNSUPPORTED, "not built yet");
  }

  /**
   * The offer for a browser: also VP9 and AV1, with payload types that are unique over all streams,
   * as BUNDLE wants it (RFC 9143 section 9.1).
   *
   * @throws SdpException NO_COMMON_CODEC if nothing is left
   */
  public static RelayedOffer toBrowser(List<MediaStream> offered) throws SdpException {
    throw new SdpException(SdpException.Reason.UNSUPPORTED, "not built yet");
  }

  /**
   * Joins the called leg's answer with the caller's offer.
   *
   * @param answer the streams of the called leg's answer
   * @throws SdpException ANSWER_DOES_NOT_FIT if it has another number of sections or other kinds;
   *     NO_COMMON_CODEC if the sides share no audio codec
   */
  public RelayedAnswer answered(List<MediaStream> answer) throws SdpException {
    throw new SdpException(SdpException.Reason.UNSUPPORTED, "not built yet");
  }
}
