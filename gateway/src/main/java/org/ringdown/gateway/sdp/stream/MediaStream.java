package org.ringdown.gateway.sdp.stream;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.policy.MediaPolicy;

/**
 * One stream of a description, said in neither dialect: what is sent and which way, not how it is
 * carried.
 *
 * @param kind audio, video, or something the gateway does not carry
 * @param mid the stream's identification (RFC 5888); null where the dialect has none
 * @param direction as seen by the side that describes it
 * @param codecs in order of preference; empty if refused
 * @param ptimeMs packet length in milliseconds; 0 if not said
 * @param maxptimeMs longest packet in milliseconds; 0 if not said
 * @param refusal why the stream carries nothing (port 0, or a transport the gateway does not
 *     speak), fit for a peer; null for a stream in use
 */
public record MediaStream(
    Kind kind,
    @Nullable String mid,
    Direction direction,
    ImmutableList<Codec> codecs,
    int ptimeMs,
    int maxptimeMs,
    @Nullable String refusal) {

  /**
   * What to offer when no side has offered anything yet, as for an INVITE without SDP: audio with
   * all codecs the gateway relays and digits at both clock rates.
   */
  public static MediaStream audio() {
    return new MediaStream(
        Kind.AUDIO, null, Direction.SENDRECV, CodecPolicy.audioCodecs(), 20, 0, null);
  }

  /** As they are said to a leg that is on hold: it may hear, and is not heard (RFC 3264 8.4). */
  public static ImmutableList<MediaStream> withoutReceiving(List<MediaStream> streams) {
    return streams.stream()
        .map(stream -> stream.withDirection(stream.direction().and(Direction.SENDONLY)))
        .collect(ImmutableList.toImmutableList());
  }

  /** Whether the stream carries nothing and is written with port 0. */
  public boolean refused() {
    return refusal != null;
  }

  /** The same, refused for this reason, with nothing left of what it would have carried. */
  public MediaStream refused(String why) {
    return new MediaStream(kind, mid, Direction.INACTIVE, ImmutableList.of(), 0, 0, why);
  }

  /** The same with those of its codecs that may be used, in that order; refused if none may. */
  public MediaStream under(MediaPolicy policy) {
    if (refused()) {
      return this;
    }
    MediaStream allowed = withCodecs(CodecPolicy.ordered(codecs, policy));
    return allowed.hasMediaCodec() ? allowed : refused("none of its codecs is allowed here");
  }

  /** The codecs' payload types as an {@code m=} line lists them. */
  public ImmutableList<String> formats() {
    return codecs.stream()
        .map(codec -> Integer.toString(codec.payloadType()))
        .collect(ImmutableList.toImmutableList());
  }

  /** Whether it has a codec for more than digits. */
  public boolean hasMediaCodec() {
    return codecs.stream().anyMatch(codec -> !codec.isTelephoneEvent());
  }

  /** Whether it is audio in use. */
  public boolean isAudio() {
    return kind == Kind.AUDIO && !refused();
  }

  /** The same with another direction. */
  public MediaStream withDirection(Direction other) {
    return new MediaStream(kind, mid, other, codecs, ptimeMs, maxptimeMs, refusal);
  }

  /** The same with other codecs. */
  public MediaStream withCodecs(ImmutableList<Codec> other) {
    return new MediaStream(kind, mid, direction, other, ptimeMs, maxptimeMs, refusal);
  }

  /** The same under another identification. */
  public MediaStream withMid(@Nullable String other) {
    return new MediaStream(kind, other, direction, codecs, ptimeMs, maxptimeMs, refusal);
  }

  /** The same with another packet length. */
  public MediaStream withPtimeMs(int other) {
    return new MediaStream(kind, mid, direction, codecs, other, maxptimeMs, refusal);
  }

  /** What a stream carries. */
  public enum Kind {
    AUDIO,
    VIDEO,
    /** Data channels, fax, text: always refused, but kept in its place. */
    OTHER
  }
}
