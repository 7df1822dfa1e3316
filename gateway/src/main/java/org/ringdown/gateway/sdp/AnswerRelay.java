package org.ringdown.gateway.sdp;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringdown.gateway.sdp.SdpException.Reason;

/** Joins one answer with the offer that was relayed. Used once. */
final class AnswerRelay {
  private static final String NOT_RELAYED = "not relayed";
  private static final int MAX_PARAMETER_SETS = 256;

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
    List<Match> matches = matches(caller, callee);
    String refusal = answered.refusal();
    if (refusal != null || matches.stream().allMatch(m -> m.offered.isTelephoneEvent())) {
      String why = refusal == null ? "no codec in common" : refusal;
      callerStreams.set(caller, callerStreams.get(caller).refused(why));
      calleeStreams.add(answered.refused(why));
      return;
    }
    callerStreams.set(caller, callerStream(offer.offered().get(caller), answered, matches));
    calleeStreams.add(calleeStream(offer.streams().get(callee), answered, matches));
    pairs.add(new RelayedAnswer.Pair(caller, callee, payloads(matches)));
  }

  /** What was answered of what was sent, in the order of the answer. */
  private List<Match> matches(int caller, int callee) {
    List<Codec> offered = new ArrayList<>(offer.offered().get(caller).codecs());
    List<Codec> sent = new ArrayList<>(offer.streams().get(callee).codecs());
    List<Match> matches = new ArrayList<>();
    for (Codec codec : answer.get(callee).codecs()) {
      Optional<Codec> ours = sent.stream().filter(codec::matches).findFirst();
      Optional<Codec> theirs = offered.stream().filter(codec::matches).findFirst();
      if (ours.isPresent() && theirs.isPresent()) {
        sent.remove(ours.get());
        offered.remove(theirs.get());
        matches.add(new Match(theirs.get(), ours.get(), codec));
      }
    }
    return matches;
  }

  private static MediaStream callerStream(
      MediaStream offered, MediaStream answered, List<Match> matches) {
    Direction widest = offered.direction().reversed();
    boolean audio = offered.kind() == MediaStream.Kind.AUDIO;
    ImmutableList<Codec> codecs =
        matches.stream().map(Match::forCaller).collect(ImmutableList.toImmutableList());
    return new MediaStream(
        offered.kind(),
        offered.mid(),
        audio ? widest : widest.and(answered.direction()),
        CodecPolicy.fittingDigits(codecs),
        answered.ptimeMs(),
        answered.maxptimeMs(),
        null);
  }

  private static MediaStream calleeStream(
      MediaStream sent, MediaStream answered, List<Match> matches) {
    return new MediaStream(
        sent.kind(),
        answered.mid(),
        sent.direction().and(answered.direction().reversed()),
        matches.stream().map(Match::forCallee).collect(ImmutableList.toImmutableList()),
        sent.ptimeMs(),
        sent.maxptimeMs(),
        null);
  }

  /**
   * RFC 3264 section 5.1: each side sends with the numbers of the other. An answer that renumbers
   * leaves two for one codec; packets with either are understood.
   */
  private static PayloadMap payloads(List<Match> matches) {
    PayloadMap.Builder payloads = new PayloadMap.Builder();
    matches.forEach(m -> payloads.add(m.offered.payloadType(), m.answered.payloadType()));
    matches.forEach(m -> payloads.alias(m.sent.payloadType(), m.offered.payloadType()));
    return payloads.build();
  }

  /** One codec as the caller offered it, as it was sent on, and as it was answered. */
  private record Match(Codec offered, Codec sent, Codec answered) {

    /** The caller's number, the called leg's parameters. */
    Codec forCaller() {
      return CodecPolicy.answeredFeedback(offered.withFmtp(fmtpForCaller()), offered);
    }

    private String fmtpForCaller() {
      if (offered.is("H264")) {
        return h264();
      }
      boolean bare = offered.isTelephoneEvent() && answered.fmtp().isEmpty();
      return bare ? CodecPolicy.DIGITS : answered.fmtp();
    }

    private String h264() {
      String fmtp = H264.of(offered).answered(H264.of(answered)).fmtp();
      String sets = Fmtp.of(answered).get("sprop-parameter-sets", "");
      boolean useful = !sets.isEmpty() && sets.length() <= MAX_PARAMETER_SETS;
      return useful ? fmtp + ";sprop-parameter-sets=" + sets : fmtp;
    }

    /** The called leg's number, what we said of it. */
    Codec forCallee() {
      return CodecPolicy.answeredFeedback(sent.withPayloadType(answered.payloadType()), answered);
    }
  }
}
