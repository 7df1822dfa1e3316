package org.ringdown.gateway.sdp;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringdown.gateway.sdp.SdpException.Reason;

/**
 * What is agreed on with one leg in the middle of a call, without asking the other: after an offer
 * of the leg (hold and resume, a new address, an ICE restart, a session refresh), or after its
 * answer to an offer that it asked for.
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
   *     DOES_NOT_FIT if sections have disappeared (RFC 3264 section 8)
   */
  public static Reoffer answer(List<MediaStream> agreed, List<MediaStream> offered)
      throws SdpException {
    if (offered.size() < agreed.size()) {
      throw new SdpException(
          Reason.DOES_NOT_FIT,
          "the new offer has " + offered.size() + " m= sections after " + agreed.size());
    }
    ImmutableList.Builder<MediaStream> streams = ImmutableList.builder();
    for (int i = 0; i < offered.size(); i++) {
      MediaStream stream = offered.get(i);
      boolean known = i < agreed.size() && !agreed.get(i).refused();
      streams.add(known ? answer(agreed.get(i), stream) : refuse(stream, "not agreed on before"));
    }
    return new Reoffer(streams.build());
  }

  /**
   * What is in use once a leg has answered an offer of the gateway's that asks for nothing new.
   *
   * @param agreed what was in use before, which is what the offer says
   * @param answered the streams of the leg's answer
   * @throws SdpException NO_COMMON_CODEC if no audio codec agreed on is answered; DOES_NOT_FIT if
   *     the sections are not those of the offer
   */
  public static Reoffer answered(List<MediaStream> agreed, List<MediaStream> answered)
      throws SdpException {
    if (answered.size() != agreed.size()) {
      throw new SdpException(
          Reason.DOES_NOT_FIT,
          "the answer has " + answered.size() + " m= sections for " + agreed.size());
    }
    return answer(agreed, answered);
  }

  private static MediaStream answer(MediaStream agreed, MediaStream offered) throws SdpException {
    if (offered.refused()) {
      return offered;
    }
    ImmutableList<Codec> codecs = codecs(agreed, offered);
    MediaStream answer =
        agreed
            .withCodecs(codecs)
            .withMid(offered.mid())
            .withDirection(offered.direction().reversed());
    if (agreed.kind() == offered.kind() && answer.hasMediaCodec()) {
      return answer;
    }
    if (agreed.isAudio()) {
      throw new SdpException(
          Reason.NO_COMMON_CODEC,
          "the new offer has no audio codec that is in use: " + names(agreed.codecs()));
    }
    return refuse(offered, "no codec in common");
  }

  /** What is agreed on and still offered, in the order agreed on, with the new offer's numbers. */
  private static ImmutableList<Codec> codecs(MediaStream agreed, MediaStream offered) {
    List<Codec> free = new ArrayList<>(offered.codecs());
    ImmutableList.Builder<Codec> codecs = ImmutableList.builder();
    for (Codec codec : agreed.codecs()) {
      Optional<Codec> match = free.stream().filter(codec::matches).findFirst();
      if (match.isPresent()) {
        free.remove(match.get());
        Codec renumbered = codec.withPayloadType(match.get().payloadType());
        codecs.add(CodecPolicy.answeredFeedback(renumbered, match.get()));
      }
    }
    return codecs.build();
  }

  private static MediaStream refuse(MediaStream offered, String why) {
    String refusal = offered.refusal();
    return offered.refused(refusal == null ? why : refusal);
  }

  private static String names(List<Codec> codecs) {
    return String.join(
        " ", codecs.stream().map(codec -> SdpException.excerpt(codec.encoding())).toList());
  }
}
