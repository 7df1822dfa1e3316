package org.ringdown.gateway.sdp.stream;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;

/**
 * One format of a stream: a payload type and what it stands for.
 *
 * @param payloadType the RTP payload type, 0 to 127
 * @param name the encoding name as written, such as {@code PCMU}
 * @param clockRateHz the RTP clock (8000 for G722, whatever it samples at: RFC 3551)
 * @param channels 1 unless said otherwise
 * @param fmtp the format parameters as written; empty if there are none
 * @param feedback the RTCP feedback agreed on, such as {@code nack pli} (RFC 4585)
 */
public record Codec(
    int payloadType,
    String name,
    int clockRateHz,
    int channels,
    String fmtp,
    ImmutableList<String> feedback) {

  /** A codec with neither parameters nor feedback. */
  public static Codec of(int payloadType, String name, int clockRateHz) {
    return new Codec(payloadType, name, clockRateHz, 1, "", ImmutableList.of());
  }

  /**
   * Whether packets of the one can be handed to the other as they are: same name (in any case),
   * clock rate and channels; for H264 the same packetization mode and profile, where baseline and
   * constrained baseline count as one (RFC 6184 section 8.2.2); for VP9 and AV1 the same profile.
   * Levels may differ.
   */
  public boolean matches(Codec other) {
    return is(other.name)
        && clockRateHz == other.clockRateHz
        && channels == other.channels
        && sameProfile(other);
  }

  /**
   * Whether this and the other are the two laws of G.711, which the gateway turns into each other.
   */
  public boolean isOtherLawOf(Codec other) {
    return isOneOf("PCMU", "PCMA", other) || isOneOf("PCMA", "PCMU", other);
  }

  private boolean isOneOf(String law, String otherLaw, Codec other) {
    return is(law)
        && other.is(otherLaw)
        && clockRateHz == other.clockRateHz
        && channels == other.channels;
  }

  private boolean sameProfile(Codec other) {
    return switch (Ascii.toUpperCase(name)) {
      case "H264" -> H264.of(this).matches(H264.of(other));
      case "VP9" -> sameParameter(other, "profile-id");
      case "AV1" -> sameParameter(other, "profile");
      default -> true;
    };
  }

  private boolean sameParameter(Codec other, String parameter) {
    return Fmtp.of(this).get(parameter, "0").equals(Fmtp.of(other).get(parameter, "0"));
  }

  /** Whether it has this encoding name, in any case. */
  public boolean is(String encodingName) {
    return Ascii.equalsIgnoreCase(name, encodingName);
  }

  /** Whether it carries digits rather than sound (RFC 4733). */
  public boolean isTelephoneEvent() {
    return is("telephone-event");
  }

  /** The same with another payload type. */
  public Codec withPayloadType(int other) {
    return new Codec(other, name, clockRateHz, channels, fmtp, feedback);
  }

  /** The same with another number of channels. */
  public Codec withChannels(int other) {
    return new Codec(payloadType, name, clockRateHz, other, fmtp, feedback);
  }

  /** The same with other parameters. */
  public Codec withFmtp(String other) {
    return new Codec(payloadType, name, clockRateHz, channels, other, feedback);
  }

  /** The same with other feedback. */
  public Codec withFeedback(ImmutableList<String> other) {
    return new Codec(payloadType, name, clockRateHz, channels, fmtp, other);
  }

  /** What an {@code rtpmap} says of it, such as {@code opus/48000/2}. */
  public String encoding() {
    return name + "/" + clockRateHz + (channels == 1 ? "" : "/" + channels);
  }
}
