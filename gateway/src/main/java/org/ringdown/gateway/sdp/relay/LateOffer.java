package org.ringdown.gateway.sdp.relay;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.sdp.stream.Codec;
import org.ringdown.gateway.sdp.stream.CodecPolicy;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * The codecs of a call whose caller makes no offer (RFC 3261 section 13.2.1): the callee is offered
 * what the gateway relays, and the caller then what the callee is going to send. That is one codec,
 * the first that the callee answered. Were there more to choose from, the caller could take one
 * that the callee, whose negotiation is over, has no reason to send.
 */
public final class LateOffer {
  private LateOffer() {}

  /** What to offer to the callee in the stead of a caller that may use these codecs. */
  public static ImmutableList<MediaStream> toCallee(MediaPolicy caller) {
    return ImmutableList.of(MediaStream.audio().under(caller));
  }

  /**
   * What the callee is going to send.
   *
   * @param agreed what is in use on its leg, such as {@link RelayedAnswer#calleeStreams()}
   * @return the same with one codec for each stream, and digits at its clock rate
   */
  public static ImmutableList<MediaStream> settled(List<MediaStream> agreed) {
    return agreed.stream().map(LateOffer::settled).collect(toImmutableList());
  }

  /**
   * What a callee that makes the offer is to send: of what is agreed on, the codec that the gateway
   * would rather offer to the caller.
   *
   * @param wanted what the callee would have been offered, in the order of its offer
   */
  public static ImmutableList<MediaStream> chosen(
      List<MediaStream> agreed, List<MediaStream> wanted) {
    ImmutableList.Builder<MediaStream> streams = ImmutableList.builder();
    for (int i = 0; i < agreed.size(); i++) {
      ImmutableList<Codec> order = wanted.get(i).codecs();
      streams.add(
          agreed
              .get(i)
              .withCodecs(
                  agreed.get(i).codecs().stream()
                      .sorted(Comparator.comparingInt(codec -> rank(codec, order)))
                      .collect(toImmutableList())));
    }
    return settled(streams.build());
  }

  private static int rank(Codec codec, List<Codec> order) {
    int place = Iterables.indexOf(order, codec::matches);
    return place < 0 ? order.size() : place;
  }

  private static MediaStream settled(MediaStream stream) {
    Optional<Codec> sent =
        stream.codecs().stream().filter(codec -> !codec.isTelephoneEvent()).findFirst();
    ImmutableList<Codec> codecs =
        stream.codecs().stream()
            .filter(codec -> codec.isTelephoneEvent() || sent.filter(codec::equals).isPresent())
            .collect(toImmutableList());
    return stream.withCodecs(CodecPolicy.fittingDigits(codecs));
  }
}
