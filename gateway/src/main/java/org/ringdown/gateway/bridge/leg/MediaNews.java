package org.ringdown.gateway.bridge.leg;

import com.google.common.collect.ImmutableMap;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.reason.BrowserReasons;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.media.leg.PathState;
import org.ringdown.webrtc.page.WebRtcLeg.MediaState;
import org.ringdown.webrtc.page.WebRtcLeg.Verdict;

/**
 * What a change of the media means to the call: news for a page, or the end.
 *
 * @param leg where it was seen
 * @param state what a page is told
 * @param evidence figures that show it
 * @param verdict what is wrong, or null
 * @param forBoth whether both sides are told: a silent leg is heard of by the one that hears
 *     nothing
 * @param failure why the call cannot go on, or null
 */
public record MediaNews(
    LegRef leg,
    MediaState state,
    ImmutableMap<String, Object> evidence,
    @Nullable Verdict verdict,
    boolean forBoth,
    @Nullable EndReason failure) {

  /** A page is told of its own path, and of silence and its end anywhere. */
  public static MediaNews of(LegRef leg, PathState state, ImmutableMap<String, Object> evidence) {
    return switch (state) {
      case CONNECTING -> plain(leg, MediaState.CONNECTING, evidence);
      case CONNECTED -> plain(leg, MediaState.CONNECTED, evidence);
      case LOST -> plain(leg, MediaState.LOST, evidence);
      case SILENT -> silence(leg, evidence);
      case HEARD_AGAIN -> new MediaNews(leg, MediaState.CONNECTED, evidence, null, true, null);
      case ICE_FAILED -> failure(leg, evidence, Kind.PATH_FAILED);
      case DTLS_FAILED -> failure(leg, evidence, Kind.ENCRYPTION_FAILED);
    };
  }

  private static MediaNews plain(
      LegRef leg, MediaState state, ImmutableMap<String, Object> evidence) {
    return new MediaNews(leg, state, evidence, null, false, null);
  }

  private static MediaNews silence(LegRef leg, ImmutableMap<String, Object> evidence) {
    Verdict verdict = Verdicts.onSilence(leg, evidence);
    return new MediaNews(leg, MediaState.ONE_WAY, evidence, verdict, true, null);
  }

  private static MediaNews failure(LegRef leg, ImmutableMap<String, Object> evidence, Kind kind) {
    Verdict verdict = Verdicts.onPath(BrowserReasons.codeOf(kind), evidence);
    EndReason reason = EndReason.byGateway(kind, verdict.text());
    return new MediaNews(leg, MediaState.LOST, evidence, verdict, false, reason);
  }
}
