package org.ringdown.gateway.media.stream;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.stream.Codec;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * What the gateway and a leg have agreed on for one stream, in a form that can be asked for every
 * packet. Immutable.
 */
public final class Agreement {
  private static final int PAYLOAD_TYPES = 128;
  private static final int AUDIO_HZ = 8_000;
  private static final int VIDEO_HZ = 90_000;

  private static final ImmutableList<String> PICTURE_REQUESTS =
      ImmutableList.of("nack pli", "ccm fir");

  private final MediaStream stream;
  private final int[] clockRatesHz = new int[PAYLOAD_TYPES];
  private final @Nullable Codec[] codecs = new Codec[PAYLOAD_TYPES];
  private final boolean[] events = new boolean[PAYLOAD_TYPES];

  /**
   * Takes an agreement in.
   *
   * @param stream as the gateway's side says it: it receives what the leg sends
   * @param alsoHeard codecs under other numbers, by which the leg may send them too
   */
  public Agreement(MediaStream stream, ImmutableList<Codec> alsoHeard) {
    this.stream = stream;
    boolean video = stream.kind() == MediaStream.Kind.VIDEO;
    Arrays.fill(clockRatesHz, video ? VIDEO_HZ : AUDIO_HZ);
    alsoHeard.forEach(this::note);
    stream.codecs().forEach(this::note);
  }

  private void note(Codec codec) {
    clockRatesHz[codec.payloadType()] = codec.clockRateHz();
    codecs[codec.payloadType()] = codec;
    events[codec.payloadType()] = codec.isTelephoneEvent();
  }

  /** The codecs of one section of a description that may be shorter. */
  public static ImmutableList<Codec> codecs(ImmutableList<MediaStream> described, int section) {
    return section < described.size() ? described.get(section).codecs() : ImmutableList.of();
  }

  /** The payload types of all streams; one that is refused has none. */
  public static ImmutableList<Integer> payloadTypes(ImmutableList<MediaStream> streams) {
    return streams.stream()
        .flatMap(stream -> stream.codecs().stream())
        .map(Codec::payloadType)
        .collect(ImmutableList.toImmutableList());
  }

  MediaStream stream() {
    return stream;
  }

  /** Whether it is sound, not pictures. */
  public boolean isAudio() {
    return stream.kind() == MediaStream.Kind.AUDIO;
  }

  String kindName() {
    return Ascii.toLowerCase(stream.kind().name());
  }

  /** Whether the leg can be asked for a whole picture by RTCP (RFC 4585, RFC 5104). */
  boolean takesPictureRequests() {
    return !isAudio()
        && stream.codecs().stream()
            .anyMatch(codec -> codec.feedback().stream().anyMatch(PICTURE_REQUESTS::contains));
  }

  /** Whether packets of the leg are wanted. */
  boolean hears() {
    return stream.direction().receives();
  }

  /** Whether the leg wants packets. */
  boolean speaks() {
    return stream.direction().sends();
  }

  boolean isEvent(int payloadType) {
    return events[payloadType];
  }

  /** What a payload type stands for; null if it means nothing to the leg. */
  @Nullable Codec codec(int payloadType) {
    return codecs[payloadType];
  }

  int clockRateHz(int payloadType) {
    return clockRatesHz[payloadType];
  }

  /** Whether the leg has a format for digits. */
  public boolean hasDigits() {
    return stream.codecs().stream().anyMatch(Codec::isTelephoneEvent);
  }

  /** The format for digits beside a codec of this clock, or any if there is none (RFC 4733 2.1). */
  Optional<Codec> digits(int clockRateHz) {
    return stream.codecs().stream()
        .filter(Codec::isTelephoneEvent)
        .filter(codec -> codec.clockRateHz() == clockRateHz)
        .findFirst()
        .or(() -> stream.codecs().stream().filter(Codec::isTelephoneEvent).findFirst());
  }

  /** The clock of the codec that is liked best. */
  int mainClockRateHz() {
    return stream.codecs().stream()
        .filter(codec -> !codec.isTelephoneEvent())
        .findFirst()
        .map(Codec::clockRateHz)
        .orElse(AUDIO_HZ);
  }
}
