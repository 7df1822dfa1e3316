package org.ringdown.gateway.sdp.relay;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.stream.Codec;
import org.ringdown.gateway.sdp.stream.MediaStream;
import org.ringdown.gateway.sdp.stream.PayloadMap;

/**
 * What both legs have agreed on. Both lists say it as the gateway's own side of that leg: media go
 * from the calling to the called leg where {@code callerStreams} receives and {@code calleeStreams}
 * sends.
 *
 * @param callerStreams the answer for the calling leg: one for each section of its offer, with its
 *     payload types and only codecs that the called leg took, in the called leg's order; what the
 *     called leg refused is refused. Audio has the widest direction that the offer allows, so that
 *     hold and resume of the called leg ask for no new answer; video follows the called leg
 * @param calleeStreams what is in use on the called leg: one for each section of its answer, with
 *     its payload types and only codecs in common
 * @param pairs the streams to join; refused ones are in none
 */
public record RelayedAnswer(
    ImmutableList<MediaStream> callerStreams,
    ImmutableList<MediaStream> calleeStreams,
    ImmutableList<Pair> pairs) {

  /**
   * The pairs for a caller that has its answer already and gets no second one.
   *
   * @param told what the first answer has told it, one for each section of its offer
   * @throws SdpException NO_COMMON_CODEC if the called leg has no audio codec of it
   */
  public ImmutableList<Pair> pairsAfter(List<MediaStream> told) throws SdpException {
    ImmutableList.Builder<Pair> after = ImmutableList.builder();
    for (Pair pair : pairs) {
      MediaStream before = told.get(pair.caller());
      List<Codec> now = calleeStreams.get(pair.callee()).codecs();
      PayloadMap payloads = PayloadMap.between(before.codecs(), now);
      if (carriesMedia(now, payloads)) {
        after.add(new Pair(pair.caller(), pair.callee(), payloads));
      } else if (before.kind() == MediaStream.Kind.AUDIO) {
        throw new SdpException(
            SdpException.Reason.NO_COMMON_CODEC,
            "the caller was told " + before.codecs() + ", the called side has " + now + " now");
      }
    }
    return after.build();
  }

  private static boolean carriesMedia(List<Codec> codecs, PayloadMap payloads) {
    return codecs.stream()
        .filter(codec -> !codec.isTelephoneEvent())
        .anyMatch(codec -> payloads.toCaller(codec.payloadType()) != PayloadMap.NONE);
  }

  /**
   * Two streams that belong together.
   *
   * @param caller index of the section in the caller's descriptions
   * @param callee index of the section in the called leg's descriptions
   * @param payloads from one leg's payload types to the other's, both as found in packets that come
   *     from a leg and as needed in packets to it
   */
  public record Pair(int caller, int callee, PayloadMap payloads) {
    /**
     * The same after the caller's sections have moved; a stream that is gone has index -1.
     *
     * @param from as in {@link FreshOffer#from}
     */
    public Pair fromCaller(List<Integer> from) {
      return new Pair(from.indexOf(caller), callee, payloads);
    }

    /** The same after the called leg's sections have moved. */
    public Pair fromCallee(List<Integer> from) {
      return new Pair(caller, from.indexOf(callee), payloads);
    }
  }
}
