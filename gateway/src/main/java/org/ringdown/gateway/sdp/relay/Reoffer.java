package org.ringdown.gateway.sdp.relay;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.line.SdpException.Reason;
import org.ringdown.gateway.sdp.stream.Codec;
import org.ringdown.gateway.sdp.stream.CodecPolicy;
import org.ringdown.gateway.sdp.stream.Direction;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * What becomes of an offer in the middle of a call that concerns one leg only: hold and resume, a
 * new address, an ICE restart, a session refresh.
 *
 * @param streams what is agreed on from then on, as the gateway's side says it, one for each
 *     section
 */
public record Reoffer(ImmutableList<MediaStream> streams) {

  /**
   * Answers an offer of the leg: codecs agreed on before with the offer's payload types, direction
   * mirrored (sendonly is answered recvonly, inactive with inactive; RFC 3264 section 8.4), streams
   * that are new or were refused before are refused.
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
   * Takes the leg's answer to an offer of the gateway's: codecs that were answered with the
   * answer's payload types, and the direction that is left of the one offered (RFC 3264 section
   * 6.1).
   *
   * @param offered the streams of the gateway's offer
   * @param answered the streams of the answer
   * @throws SdpException NO_COMMON_CODEC if no audio codec offered was answered; DOES_NOT_FIT if
   *     the answer has another number of sections (RFC 3264 section 6)
   */
  public static Reoffer answered(List<MediaStream> offered, List<MediaStream> answered)
      throws SdpException {
    if (offered.size() != answered.size()) {
      throw new SdpException(
          Reason.DOES_NOT_FIT,
          "the answer has " + answered.size() + " m= sections for " + offered.size());
    }
    ImmutableList.Builder<MediaStream> streams = ImmutableList.builder();
    for (int i = 0; i < answered.size(); i++) {
      MediaStream ours = offered.get(i);
      Direction left = ours.direction().and(answered.get(i).direction().reversed());
      streams.add(ours.refused() ? ours : answer(ours, answered.get(i)).withDirection(left));
    }
    return new Reoffer(streams.build());
  }

  static MediaStream answer(MediaStream agreed, MediaStream offered) throws SdpException {
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
          "no audio codec is left of those in use: " + names(agreed.codecs()));
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
    ImmutableList<Codec> same = codecs.build();
    return same.stream().allMatch(Codec::isTelephoneEvent) ? otherLaw(agreed, free, same) : same;
  }

  /** A phone that goes over from one law of G.711 to the other, with its digits. */
  private static ImmutableList<Codec> otherLaw(
      MediaStream agreed, List<Codec> offered, ImmutableList<Codec> digits) {
    return offered.stream()
        .filter(codec -> agreed.codecs().stream().anyMatch(codec::isOtherLawOf))
        .findFirst()
        .map(law -> ImmutableList.<Codec>builder().add(law).addAll(digits).build())
        .orElse(digits);
  }

  static MediaStream refuse(MediaStream offered, String why) {
    String refusal = offered.refusal();
    return offered.refused(refusal == null ? why : refusal);
  }

  private static String names(List<Codec> codecs) {
    return String.join(
        " ", codecs.stream().map(codec -> SdpException.excerpt(codec.encoding())).toList());
  }
}
