package org.ringdown.gateway.sdp.stream;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ringdown.gateway.sdp.policy.MediaPolicy;

/**
 * Which codecs the gateway offers onward. Nothing that repairs or wraps other packets (rtx, red,
 * ulpfec, CN) and nothing that the two sides could not both play.
 */
public enum CodecPolicy {
  /** What phones know, and not so much that the INVITE outgrows a datagram. */
  PHONE(ImmutableList.of("VP8/90000", "H264/90000")) {
    @Override
    Codec adapted(Codec codec) {
      if (codec.is("H264")) {
        return codec.withFmtp(H264.of(codec).symmetric().fmtp());
      }
      // RFC 4733 section 2.4.1: no fmtp means the same, but some phones want to see it.
      boolean bare = codec.isTelephoneEvent() && codec.fmtp().isEmpty();
      return bare ? codec.withFmtp(DIGITS) : codec;
    }
  },
  /** Also what two browsers have in common. */
  BROWSER(ImmutableList.of("VP8/90000", "VP9/90000", "H264/90000", "AV1/90000")) {
    @Override
    Codec adapted(Codec codec) {
      return codec;
    }
  };

  /** RTCP feedback that makes sense end to end through a relay (RFC 4585, RFC 5104). */
  static final ImmutableList<String> FEEDBACK = ImmutableList.of("nack", "nack pli", "ccm fir");

  /** The events 0 to 9, *, #, A to D (RFC 4733 section 3.2). */
  static final String DIGITS = "0-15";

  private static final ImmutableList<String> AUDIO =
      ImmutableList.of(
          "opus/48000/2",
          "G722/8000",
          "PCMU/8000",
          "PCMA/8000",
          "telephone-event/8000",
          "telephone-event/48000");

  private final ImmutableList<String> video;

  CodecPolicy(ImmutableList<String> video) {
    this.video = video;
  }

  /** The codec with the parameters this side should see. */
  abstract Codec adapted(Codec codec);

  /**
   * All audio codecs, in the gateway's own order, for an offer that relays nobody's: G.711 comes
   * first, because both ends have it, and who answers sends the first codec that is offered.
   */
  static ImmutableList<Codec> audioCodecs() {
    return ImmutableList.of(
        Codec.of(0, "PCMU", 8000),
        Codec.of(8, "PCMA", 8000),
        Codec.of(9, "G722", 8000),
        Codec.of(111, "opus", 48000).withChannels(2).withFmtp("useinbandfec=1"),
        Codec.of(110, "telephone-event", 48000).withFmtp(DIGITS),
        Codec.of(126, "telephone-event", 8000).withFmtp(DIGITS));
  }

  /** The audio codecs' names, for a message. */
  public static String audioNames() {
    return AUDIO.stream().filter(name -> !name.startsWith("tel")).collect(Collectors.joining(" "));
  }

  /** What of these codecs is offered onward, in the same order. */
  public ImmutableList<Codec> select(MediaStream stream) {
    boolean isVideo = stream.kind() == MediaStream.Kind.VIDEO;
    List<Codec> selected = new ArrayList<>();
    for (Codec codec : stream.codecs()) {
      boolean known =
          (isVideo ? video : AUDIO).stream().anyMatch(codec.encoding()::equalsIgnoreCase);
      if (known && selected.stream().noneMatch(codec::matches)) {
        selected.add(adapted(codec).withFeedback(isVideo ? FEEDBACK : ImmutableList.of()));
      }
    }
    return isVideo ? simpleH264(selected) : fittingDigits(completed(selected));
  }

  /** With what the gateway adds of its own to the audio codecs of the other side. */
  List<Codec> completed(List<Codec> selected) {
    List<Codec> completed = new ArrayList<>(selected);
    completed.removeIf(Codec::isTelephoneEvent);
    if (this == PHONE) {
      otherLaw(completed).ifPresent(completed::add);
    }
    selected.stream().filter(Codec::isTelephoneEvent).forEach(completed::add);
    addDigits(completed);
    return completed;
  }

  /** The law of G.711 that a phone may have instead: browsers have both. */
  private static Optional<Codec> otherLaw(List<Codec> codecs) {
    return Stream.of(Codec.of(0, "PCMU", 8000), Codec.of(8, "PCMA", 8000))
        .filter(law -> codecs.stream().noneMatch(law::matches))
        .filter(law -> codecs.stream().anyMatch(law::isOtherLawOf))
        .findFirst();
  }

  /** Digits at the clock of each codec: the gateway sends and hears them for the other side. */
  private static void addDigits(List<Codec> codecs) {
    List<Codec> own = audioCodecs().stream().filter(Codec::isTelephoneEvent).toList();
    for (Codec digits : own) {
      if (codecs.stream().noneMatch(digits::matches) && fits(digits, codecs)) {
        codecs.add(digits);
      }
    }
  }

  /** What may be used of these codecs, in that order. */
  public static ImmutableList<Codec> ordered(List<Codec> codecs, MediaPolicy policy) {
    return fittingDigits(
        codecs.stream()
            .filter(codec -> policy.rank(codec.encoding()) >= 0)
            .sorted(Comparator.comparingInt(codec -> policy.rank(codec.encoding())))
            .toList());
  }

  /** Main and high profiles only if there is no baseline, which every H264 peer has. */
  private static ImmutableList<Codec> simpleH264(List<Codec> codecs) {
    boolean baseline = codecs.stream().anyMatch(CodecPolicy::isBaselineH264);
    return codecs.stream()
        .filter(codec -> !codec.is("H264") || !baseline || isBaselineH264(codec))
        .collect(ImmutableList.toImmutableList());
  }

  private static boolean isBaselineH264(Codec codec) {
    return codec.is("H264") && H264.of(codec).isBaseline();
  }

  /**
   * Digits at the clock rates of the audio codecs present, as they share their timestamps (RFC 4733
   * section 2.1); if there are none at such a rate, those that there are.
   */
  public static ImmutableList<Codec> fittingDigits(List<Codec> codecs) {
    boolean anyFits = codecs.stream().anyMatch(codec -> fits(codec, codecs));
    return codecs.stream()
        .filter(codec -> !codec.isTelephoneEvent() || !anyFits || fits(codec, codecs))
        .collect(ImmutableList.toImmutableList());
  }

  private static boolean fits(Codec digits, List<Codec> codecs) {
    return digits.isTelephoneEvent()
        && codecs.stream()
            .anyMatch(
                codec -> !codec.isTelephoneEvent() && codec.clockRateHz() == digits.clockRateHz());
  }

  /** The feedback to answer with: what is offered and makes sense. */
  public static Codec answeredFeedback(Codec codec, Codec offered) {
    return codec.withFeedback(
        FEEDBACK.stream()
            .filter(offered.feedback()::contains)
            .collect(ImmutableList.toImmutableList()));
  }
}
