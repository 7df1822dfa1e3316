package org.ringdown.gateway.sdp.relay;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.line.SdpException.Reason;
import org.ringdown.gateway.sdp.stream.CodecPolicy;
import org.ringdown.gateway.sdp.stream.Direction;
import org.ringdown.gateway.sdp.stream.Matches;
import org.ringdown.gateway.sdp.stream.MediaStream;

/** Joins one answer with the offer that was relayed. Used once. */
final class AnswerRelay {
  private static final String NOT_RELAYED = "not relayed";

  private final RelayedOffer offer;
  private final List<MediaStream> answer;
  private final List<MediaStream> callerStreams = new ArrayList<>();
  private final ImmutableList.Builder<MediaStream> calleeStreams = ImmutableList.builder();
  private final ImmutableList.Builder<RelayedAnswer.Pair> pairs = ImmutableList.builder();

  AnswerRelay(RelayedOffer offer, List<MediaStream> answer) {
    this.offer = offer;
    this.answer = answer;
  }

  RelayedAnswer answer() throws SdpException {
    requireFit();
    for (MediaStream stream : offer.offered()) {
      String refusal = stream.refusal();
      callerStreams.add(stream.refused(refusal == null ? NOT_RELAYED : refusal));
    }
    for (int callee = 0; callee < answer.size(); callee++) {
      join(offer.from().get(callee), callee);
    }
    return new RelayedAnswer(
        ImmutableList.copyOf(callerStreams), calleeStreams.build(), pairs.build());
  }

  /** RFC 3264 section 6: the same sections in the same order. */
  private void requireFit() throws SdpException {
    boolean fits = answer.size() == offer.streams().size();
    for (int i = 0; fits && i < answer.size(); i++) {
      fits = answer.get(i).kind() == offer.streams().get(i).kind();
    }
    if (!fits) {
      throw new SdpException(
          Reason.DOES_NOT_FIT,
          "the answer has not the m= sections of the offer: "
              + kinds(answer)
              + " for "
              + kinds(offer.streams()));
    }
  }

  private static String kinds(List<MediaStream> streams) {
    return streams.stream().map(MediaStream::kind).toList().toString();
  }

  private void join(int caller, int callee) {
    MediaStream answered = answer.get(callee);
    if (caller == FreshOffer.NEW) {
      calleeStreams.add(answered.refused("the caller has no such stream any more"));
      return;
    }
    Matches matches =
        new Matches(
            offer.offered().get(caller).codecs(),
            offer.streams().get(callee).codecs(),
            answered.codecs());
    String refusal = answered.refusal();
    if (refusal != null || !matches.haveMedia()) {
      String why = refusal == null ? "no codec in common" : refusal;
      callerStreams.set(caller, callerStreams.get(caller).refused(why));
      calleeStreams.add(answered.refused(why));
      return;
    }
    callerStreams.set(caller, callerStream(offer.offered().get(caller), answered, matches));
    calleeStreams.add(calleeStream(offer.streams().get(callee), answered, matches));
    pairs.add(new RelayedAnswer.Pair(caller, callee, matches.payloads()));
  }

  private static MediaStream callerStream(
      MediaStream offered, MediaStream answered, Matches matches) {
    Direction widest = offered.direction().reversed();
    boolean audio = offered.kind() == MediaStream.Kind.AUDIO;
    return new MediaStream(
        offered.kind(),
        offered.mid(),
        audio ? widest : widest.and(answered.direction()),
        CodecPolicy.fittingDigits(matches.forCaller()),
        answered.ptimeMs(),
        answered.maxptimeMs(),
        null);
  }

  private static MediaStream calleeStream(MediaStream sent, MediaStream answered, Matches matches) {
    return new MediaStream(
        sent.kind(),
        answered.mid(),
        sent.direction().and(answered.direction().reversed()),
        matches.forCallee(),
        sent.ptimeMs(),
        sent.maxptimeMs(),
        null);
  }
}
