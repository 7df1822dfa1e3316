package org.ringdown.gateway.bridge;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.gateway.media.Dialect;
import org.ringdown.gateway.media.MediaSession;
import org.ringdown.gateway.media.MediaSession.LegRef;
import org.ringdown.webrtc.WebRtcLeg.MediaState;
import org.ringdown.webrtc.signaling.ReasonCode;

/**
 * What a change of the media means to the call: news for a page, or the end.
 *
 * @param leg where it was seen
 * @param state what a page is told
 * @param evidence figures that show it
 * @param forBoth whether both sides are told: a silent leg is heard of by the one that hears
 *     nothing
 * @param failure why the call cannot go on, or null
 */
record MediaNews(
    LegRef leg,
    MediaState state,
    ImmutableMap<String, Object> evidence,
    boolean forBoth,
    @Nullable EndReason failure) {

  /** Empty for what concerns nobody: a page is told of its own path, and of silence anywhere. */
  static Optional<MediaNews> of(
      LegRef leg, MediaSession.MediaState state, ImmutableMap<String, Object> evidence) {
    return switch (state) {
      case CONNECTING -> plain(leg, MediaState.CONNECTING, evidence);
      case CONNECTED -> plain(leg, MediaState.CONNECTED, evidence);
      case LOST -> plain(leg, MediaState.LOST, evidence);
      case SILENT -> Optional.of(silence(leg, evidence));
      case ICE_FAILED -> failure(leg, evidence, Kind.PATH_FAILED);
      case DTLS_FAILED -> failure(leg, evidence, Kind.ENCRYPTION_FAILED);
    };
  }

  private static Optional<MediaNews> plain(
      LegRef leg, MediaState state, ImmutableMap<String, Object> evidence) {
    return Optional.of(new MediaNews(leg, state, evidence, false, null));
  }

  private static MediaNews silence(LegRef leg, ImmutableMap<String, Object> evidence) {
    ReasonCode code =
        leg.dialect() == Dialect.WEBRTC
            ? ReasonCode.NO_RTP_FROM_BROWSER
            : ReasonCode.NO_RTP_FROM_SIP;
    ImmutableMap<String, Object> explained =
        ImmutableMap.<String, Object>builder()
            .putAll(evidence)
            .put("code", code.code())
            .put("text", code.sentence())
            .put("remedy", code.remedy())
            .buildKeepingLast();
    return new MediaNews(leg, MediaState.ONE_WAY, explained, true, null);
  }

  private static Optional<MediaNews> failure(
      LegRef leg, ImmutableMap<String, Object> evidence, Kind kind) {
    EndReason reason = EndReason.byGateway(kind, "");
    return Optional.of(new MediaNews(leg, MediaState.LOST, evidence, false, reason));
  }
}
