package org.ringdown.gateway.sdp.stream;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which codecs of the calling leg's offer and of the called leg's answer belong together. Digits
 * need no counterpart: what one leg says by them the gateway says to the other in its own way.
 */
public final class Matches {
  private static final int MAX_PARAMETER_SETS = 256;

  private final List<Match> same = new ArrayList<>();
  private final List<Match> converted = new ArrayList<>();
  private final List<Codec> callerDigits = new ArrayList<>();
  private final List<Codec> calleeDigits = new ArrayList<>();
  private final List<Match> inOrder = new ArrayList<>();

  /**
   * Compares.
   *
   * @param offered what the caller offered
   * @param sent what was offered to the called leg
   * @param answered what that answered, whose order is kept
   */
  public Matches(List<Codec> offered, List<Codec> sent, List<Codec> answered) {
    List<Codec> freeOffered = new ArrayList<>(offered);
    List<Codec> freeSent = new ArrayList<>(sent);
    for (Codec codec : answered) {
      Optional<Codec> ours = take(freeSent, codec);
      Optional<Codec> theirs = ours.flatMap(found -> take(freeOffered, codec));
      if (theirs.isPresent()) {
        add(same, new Match(theirs.get(), ours.get(), codec));
      } else if (ours.isPresent()) {
        addAlone(offered, ours.get(), codec);
      }
    }
    freeOffered.stream().filter(Codec::isTelephoneEvent).forEach(callerDigits::add);
  }

  private static Optional<Codec> take(List<Codec> free, Codec like) {
    Optional<Codec> found = free.stream().filter(like::matches).findFirst();
    found.ifPresent(free::remove);
    return found;
  }

  private void add(List<Match> kind, Match match) {
    kind.add(match);
    inOrder.add(match);
  }

  /** A codec that the caller did not offer, but the gateway. */
  private void addAlone(List<Codec> offered, Codec sent, Codec answered) {
    if (answered.isTelephoneEvent()) {
      calleeDigits.add(sent.withPayloadType(answered.payloadType()));
      return;
    }
    offered.stream()
        .filter(answered::isOtherLawOf)
        .findFirst()
        .ifPresent(law -> add(converted, new Match(law, sent, answered)));
  }

  /** Whether there is more than digits. */
  public boolean haveMedia() {
    return inOrder.stream().anyMatch(match -> !match.offered.isTelephoneEvent());
  }

  /** What the caller is answered, with its payload types. */
  public ImmutableList<Codec> forCaller() {
    List<Codec> codecs = new ArrayList<>();
    for (Match match : inOrder) {
      Codec codec = match.forCaller();
      if (codecs.stream().noneMatch(codec::matches)) {
        codecs.add(codec);
      }
    }
    callerDigits.forEach(digits -> codecs.add(digits.withFmtp(CodecPolicy.DIGITS)));
    return ImmutableList.copyOf(codecs);
  }

  /** What is in use on the called leg, with its payload types. */
  public ImmutableList<Codec> forCallee() {
    ImmutableList.Builder<Codec> codecs = ImmutableList.builder();
    inOrder.forEach(match -> codecs.add(match.forCallee()));
    return codecs.addAll(calleeDigits).build();
  }

  /**
   * RFC 3264 section 5.1: each side sends with the numbers of the other. An answer that renumbers
   * leaves two for one codec; packets with either are understood.
   */
  public PayloadMap payloads() {
    PayloadMap.Builder payloads = new PayloadMap.Builder();
    same.forEach(m -> payloads.add(m.offered.payloadType(), m.answered.payloadType()));
    converted.forEach(m -> payloads.convert(m.offered.payloadType(), m.answered.payloadType()));
    inOrder.forEach(m -> payloads.alias(m.sent.payloadType(), m.offered.payloadType()));
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
