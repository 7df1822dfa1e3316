package org.ringdown.gateway.sdp.relay;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.line.SdpException.Reason;
import org.ringdown.gateway.sdp.relay.RelayedAnswer.Pair;
import org.ringdown.gateway.sdp.stream.Codec;
import org.ringdown.gateway.sdp.stream.CodecPolicy;
import org.ringdown.gateway.sdp.stream.MediaStream;
import org.ringdown.gateway.sdp.stream.PayloadMap;

/**
 * Two legs that have each agreed with the gateway on something, in calls of their own, and are to
 * hear each other now. Each sends the first codec that it has agreed on; where the other leg has
 * not that one but a later one, the agreement is narrowed, and the leg is to be offered what is
 * left.
 *
 * @param one what is left of the first leg's agreement
 * @param other what is left of the other's
 * @param pairs the streams to join, the first leg in the caller's place
 */
public record Joining(
    ImmutableList<MediaStream> one, ImmutableList<MediaStream> other, ImmutableList<Pair> pairs) {

  /**
   * Joins what two legs have agreed on, as the gateway's side says it. Streams that only one of
   * them has are in no pair.
   *
   * @throws SdpException NO_COMMON_CODEC if they have no audio codec in common
   */
  public static Joining of(List<MediaStream> one, List<MediaStream> other) throws SdpException {
    List<MediaStream> first = new ArrayList<>(one);
    List<MediaStream> second = new ArrayList<>(other);
    ImmutableList.Builder<Pair> pairs = ImmutableList.builder();
    ImmutableList<Integer> before = FreshOffer.from(one, other);
    boolean audio = false;
    for (int i = 0; i < other.size(); i++) {
      int across = before.get(i);
      if (across != FreshOffer.NEW) {
        PayloadMap payloads = PayloadMap.between(one.get(across).codecs(), other.get(i).codecs());
        MediaStream narrowed = narrowed(one.get(across), payloads::toCallee);
        if (narrowed.hasMediaCodec()) {
          first.set(across, narrowed);
          second.set(i, narrowed(other.get(i), payloads::toCaller));
          pairs.add(new Pair(across, i, payloads));
          audio |= narrowed.isAudio();
        }
      }
    }
    if (!audio) {
      throw new SdpException(
          Reason.NO_COMMON_CODEC,
          "the two have no audio codec in common: " + names(one) + "; " + names(other));
    }
    return new Joining(ImmutableList.copyOf(first), ImmutableList.copyOf(second), pairs.build());
  }

  /** For each section of the other leg the one of the first that it stands for. */
  public ImmutableList<Integer> from() {
    return IntStream.range(0, other.size())
        .mapToObj(
            i ->
                pairs.stream()
                    .filter(pair -> pair.callee() == i)
                    .map(Pair::caller)
                    .findFirst()
                    .orElse(FreshOffer.NEW))
        .collect(ImmutableList.toImmutableList());
  }

  /** What can be relayed of a stream, unless that is what the leg sends anyway. */
  private static MediaStream narrowed(MediaStream stream, PayloadTypeMapping payloads) {
    ImmutableList<Codec> codecs =
        stream.codecs().stream()
            .filter(codec -> codec.isTelephoneEvent() || payloads.reaches(codec))
            .collect(ImmutableList.toImmutableList());
    boolean isSent =
        stream.codecs().stream()
            .filter(codec -> !codec.isTelephoneEvent())
            .findFirst()
            .filter(payloads::reaches)
            .isPresent();
    return isSent ? stream : stream.withCodecs(CodecPolicy.fittingDigits(codecs));
  }

  private static String names(List<MediaStream> streams) {
    String names =
        streams.stream()
            .filter(MediaStream::isAudio)
            .flatMap(stream -> stream.codecs().stream())
            .filter(codec -> !codec.isTelephoneEvent())
            .map(codec -> SdpException.excerpt(codec.encoding()))
            .collect(Collectors.joining(" "));
    return names.isEmpty() ? "no audio" : names;
  }

  /** From the payload types of a leg to those of the other. */
  private interface PayloadTypeMapping {
    int of(int payloadType);

    default boolean reaches(Codec codec) {
      return of(codec.payloadType()) != PayloadMap.NONE;
    }
  }
}
