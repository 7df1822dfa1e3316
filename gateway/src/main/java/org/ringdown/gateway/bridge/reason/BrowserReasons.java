package org.ringdown.gateway.bridge.reason;

import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.webrtc.page.WebRtcLeg;
import org.ringdown.webrtc.page.WebRtcLeg.Hangup;
import org.ringdown.webrtc.signaling.ReasonCode;

/** {@link EndReason} in the words of the browser protocol. */
public final class BrowserReasons {
  private BrowserReasons() {}

  /** What a page is told; {@code own} is the side that the page is on. */
  public static Hangup toBrowser(EndReason reason, By own) {
    return new Hangup(
        seenFrom(own, reason.by()),
        codeOf(reason.kind()),
        orNull(reason.status()),
        orNull(reason.cause()),
        reason.text().isEmpty() ? null : reason.text(),
        remedyOf(reason));
  }

  /** Why a page hung up, in the call's words. */
  public static EndReason fromBrowser(ReasonCode code, By by) {
    Kind kind =
        switch (code) {
          case BUSY -> Kind.BUSY;
          case DECLINED -> Kind.DECLINED;
          case CANCELLED -> Kind.CANCELLED;
          case CONNECTION_LOST -> Kind.CONNECTION_LOST;
          default -> Kind.HANGUP;
        };
    return EndReason.of(kind, by);
  }

  /** The code of a kind of end. */
  public static ReasonCode codeOf(Kind kind) {
    return switch (kind) {
      case HANGUP -> ReasonCode.HANGUP;
      case BUSY -> ReasonCode.BUSY;
      case DECLINED -> ReasonCode.DECLINED;
      case NO_ANSWER -> ReasonCode.NO_ANSWER;
      case CANCELLED -> ReasonCode.CANCELLED;
      case ANSWERED_ELSEWHERE -> ReasonCode.ANSWERED_ELSEWHERE;
      case TRANSFERRED -> ReasonCode.TRANSFERRED;
      case NOT_FOUND -> ReasonCode.NOT_FOUND;
      case UNAVAILABLE, REFUSED -> ReasonCode.UNAVAILABLE;
      case FORBIDDEN -> ReasonCode.FORBIDDEN;
      case NOT_ACCEPTABLE_MEDIA -> ReasonCode.NOT_ACCEPTABLE_MEDIA;
      case PATH_FAILED -> ReasonCode.ICE_FAILED;
      case ENCRYPTION_FAILED -> ReasonCode.DTLS_FAILED;
      case TIMEOUT -> ReasonCode.TIMEOUT;
      case CONNECTION_LOST -> ReasonCode.CONNECTION_LOST;
      case OVERLOADED -> ReasonCode.OVERLOADED;
      case SHUTTING_DOWN -> ReasonCode.SHUTTING_DOWN;
      case INTERNAL_ERROR -> ReasonCode.SERVER_ERROR;
    };
  }

  /** Null where that of the code fits. Its own is for a user of ours who has no device here. */
  private static @Nullable String remedyOf(EndReason reason) {
    if (codeOf(reason.kind()) != ReasonCode.UNAVAILABLE) {
      return null;
    }
    if (reason.status() > 0) {
      return "Try again later.";
    }
    boolean explained = reason.by() == By.GATEWAY && !reason.text().isEmpty();
    return explained ? "Try again later, or tell the administrator." : null;
  }

  private static WebRtcLeg.By seenFrom(By own, By actor) {
    if (actor == By.GATEWAY) {
      return WebRtcLeg.By.GATEWAY;
    }
    return actor == own ? WebRtcLeg.By.LOCAL : WebRtcLeg.By.REMOTE;
  }

  private static @Nullable Integer orNull(int number) {
    return number == 0 ? null : number;
  }
}
