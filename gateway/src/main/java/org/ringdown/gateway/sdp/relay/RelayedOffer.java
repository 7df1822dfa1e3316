package org.ringdown.gateway.sdp.relay;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.line.SdpException.Reason;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.sdp.stream.Codec;
import org.ringdown.gateway.sdp.stream.CodecPolicy;
import org.ringdown.gateway.sdp.stream.Direction;
import org.ringdown.gateway.sdp.stream.MediaStream;
import org.ringdown.gateway.sdp.stream.PayloadTypes;

/**
 * What a called leg is offered of what the calling leg offers. The gateway transcodes nothing but
 * one law of G.711 into the other, so it is a part of the caller's codecs; digits are its own
 * affair. Streams that the gateway cannot relay are left out.
 *
 * <p>Audio is offered sendrecv whatever the caller's direction, and video as the caller has it: a
 * caller on hold or still silent can then be heard later without asking the other side again.
 *
 * @param offered the caller's streams
 * @param streams the streams to offer to the called leg
 * @param from for each of {@code streams} the index of the caller's stream it stands for, or {@link
 *     FreshOffer#NEW} if the caller has none any more
 */
public record RelayedOffer(
    ImmutableList<MediaStream> offered,
    ImmutableList<MediaStream> streams,
    ImmutableList<Integer> from) {
  private static final int MAX_NAMES = 8;

  /**
   * The offer for a phone or PBX: opus, G722, PCMU, PCMA and telephone-event; VP8 and H264. Of
   * G.711 both laws are offered where the caller has one.
   *
   * @param policy what may be offered, and in which order
   * @throws SdpException NO_COMMON_CODEC if nothing is left, or only video of a call with audio
   */
  public static RelayedOffer toPhone(List<MediaStream> offered, MediaPolicy policy)
      throws SdpException {
    return of(offered, CodecPolicy.PHONE, policy, new PayloadTypes());
  }

  /**
   * The offer for a browser: also VP9 and AV1, with payload types that are unique over all streams,
   * as BUNDLE wants it (RFC 9143 section 9.1).
   *
   * @throws SdpException NO_COMMON_CODEC if nothing is left, or only video of a call with audio
   */
  public static RelayedOffer toBrowser(List<MediaStream> offered) throws SdpException {
    return of(offered, CodecPolicy.BROWSER, MediaPolicy.PLAIN, new PayloadTypes());
  }

  /**
   * What stands for an offer to a leg that came from another call with what it had agreed on there.
   *
   * @param stays what the leg across has agreed on
   */
  public static RelayedOffer of(List<MediaStream> stays, Joining joining) {
    return new RelayedOffer(ImmutableList.copyOf(stays), joining.other(), joining.from());
  }

  /**
   * As {@link #toBrowser}, for streams that come to others in the same bundle.
   *
   * @param beside the streams in use, whose payload types stay theirs
   */
  static RelayedOffer toBrowserBeside(List<MediaStream> offered, List<MediaStream> beside)
      throws SdpException {
    PayloadTypes free = new PayloadTypes();
    beside.forEach(stream -> free.take(stream.codecs()));
    return of(offered, CodecPolicy.BROWSER, MediaPolicy.PLAIN, free);
  }

  private static RelayedOffer of(
      List<MediaStream> offered, CodecPolicy known, MediaPolicy policy, PayloadTypes payloadTypes)
      throws SdpException {
    ImmutableList.Builder<MediaStream> streams = ImmutableList.builder();
    ImmutableList.Builder<Integer> from = ImmutableList.builder();
    for (int i = 0; i < offered.size(); i++) {
      MediaStream stream = offered.get(i);
      if (!stream.refused()) {
        ImmutableList<Codec> codecs = CodecPolicy.ordered(known.select(stream), policy);
        MediaStream onward = onward(stream).withCodecs(payloadTypes.assign(codecs));
        if (onward.hasMediaCodec()) {
          streams.add(onward);
          from.add(i);
        }
      }
    }
    RelayedOffer relayed =
        new RelayedOffer(ImmutableList.copyOf(offered), streams.build(), from.build());
    relayed.requireMedia();
    return relayed;
  }

  private static MediaStream onward(MediaStream stream) {
    boolean audio = stream.kind() == MediaStream.Kind.AUDIO;
    Direction direction = audio ? Direction.SENDRECV : stream.direction();
    return stream.withMid(null).withDirection(direction);
  }

  private void requireMedia() throws SdpException {
    boolean audioLost =
        offered.stream().anyMatch(stream -> stream.kind() == MediaStream.Kind.AUDIO)
            && streams.stream().noneMatch(MediaStream::isAudio);
    if (streams.isEmpty() || audioLost) {
      throw new SdpException(
          Reason.NO_COMMON_CODEC,
          "nothing to relay: offered is "
              + audioNames(offered)
              + "; the gateway relays "
              + CodecPolicy.audioNames());
    }
  }

  /**
   * What was offered to the called leg, standing now for another first offer of the caller, whose
   * page was loaded anew.
   *
   * @throws SdpException NO_COMMON_CODEC if no audio codec offered to the called leg is among it
   */
  public RelayedOffer offeredAnew(List<MediaStream> fresh) throws SdpException {
    ImmutableList<Integer> before = FreshOffer.from(offered, fresh);
    ImmutableList<Integer> now =
        from.stream().map(before::indexOf).collect(ImmutableList.toImmutableList());
    RelayedOffer relayed = new RelayedOffer(ImmutableList.copyOf(fresh), streams, now);
    if (streams.stream().anyMatch(MediaStream::isAudio) && !relayed.hasAudioInCommon()) {
      throw new SdpException(
          Reason.NO_COMMON_CODEC,
          "the new offer has "
              + audioNames(fresh)
              + "; the called side was offered "
              + audioNames(streams));
    }
    return relayed;
  }

  private boolean hasAudioInCommon() {
    return IntStream.range(0, streams.size())
        .filter(i -> streams.get(i).isAudio() && from.get(i) >= 0)
        .anyMatch(i -> sharesCodec(streams.get(i), offered.get(from.get(i))));
  }

  private static boolean sharesCodec(MediaStream one, MediaStream other) {
    return one.codecs().stream()
        .filter(codec -> !codec.isTelephoneEvent())
        .anyMatch(codec -> other.codecs().stream().anyMatch(codec::matches));
  }

  /**
   * The same in the order of an offer that the called leg makes itself, so that this takes the
   * place of an answer.
   *
   * @param theirs the streams of that offer
   */
  public RelayedOffer shapedLike(List<MediaStream> theirs) {
    ImmutableList<Integer> own = FreshOffer.from(streams, theirs);
    ImmutableList.Builder<MediaStream> shaped = ImmutableList.builder();
    ImmutableList.Builder<Integer> standFor = ImmutableList.builder();
    for (int i = 0; i < theirs.size(); i++) {
      boolean known = own.get(i) != FreshOffer.NEW;
      shaped.add(known ? streams.get(own.get(i)) : theirs.get(i));
      standFor.add(known ? from.get(own.get(i)) : FreshOffer.NEW);
    }
    return new RelayedOffer(offered, shaped.build(), standFor.build());
  }

  /**
   * Joins the called leg's answer with the caller's offer.
   *
   * @param answer the streams of the called leg's answer
   * @throws SdpException DOES_NOT_FIT if it has another number of sections or other kinds;
   *     NO_COMMON_CODEC if the sides share no audio codec
   */
  public RelayedAnswer answered(List<MediaStream> answer) throws SdpException {
    RelayedAnswer agreed = new AnswerRelay(this, answer).answer();
    boolean audioOffered = streams.stream().anyMatch(MediaStream::isAudio);
    boolean audioAgreed = agreed.callerStreams().stream().anyMatch(MediaStream::isAudio);
    if (agreed.pairs().isEmpty() || (audioOffered && !audioAgreed)) {
      throw new SdpException(
          Reason.NO_COMMON_CODEC,
          "no audio codec in common: offered were "
              + audioNames(streams)
              + "; answered was "
              + audioNames(answer));
    }
    return agreed;
  }

  /** The audio codecs of a side, or why it has none, for a message. */
  private static String audioNames(List<MediaStream> streams) {
    String names =
        streams.stream()
            .filter(stream -> stream.kind() == MediaStream.Kind.AUDIO)
            .flatMap(RelayedOffer::names)
            .distinct()
            .limit(MAX_NAMES)
            .collect(Collectors.joining(" "));
    return names.isEmpty() ? "no audio" : names;
  }

  private static Stream<String> names(MediaStream stream) {
    String refusal = stream.refusal();
    return refusal != null
        ? Stream.of("(refused: " + refusal + ")")
        : stream.codecs().stream().map(codec -> SdpException.excerpt(codec.encoding()));
  }
}
