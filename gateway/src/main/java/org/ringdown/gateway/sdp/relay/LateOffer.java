package org.ringdown.gateway.sdp.relay;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
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
