package org.ringdown.gateway.bridge.reason;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.sip.leg.SipEnd;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.webrtc.signaling.ReasonCode;

/** {@link EndReason} in SIP's words: status, Q.850 cause (RFC 3398 section 7.2) and sentence. */
public final class SipReasons {
  private static final ImmutableMap<Kind, SipStatus> STATUS =
      ImmutableMap.<Kind, SipStatus>builder()
          .put(Kind.HANGUP, status(480, "Temporarily Unavailable", 16, ""))
          .put(Kind.BUSY, status(486, "Busy Here", 17, "The called party is busy."))
          .put(Kind.DECLINED, status(603, "Decline", 21, "The called party declined the call."))
          .put(Kind.NO_ANSWER, status(480, "Temporarily Unavailable", 19, "Nobody answered."))
          .put(Kind.CANCELLED, status(487, "Request Terminated", 16, ""))
          .put(Kind.ANSWERED_ELSEWHERE, status(200, "OK", 26, "Call completed elsewhere"))
          .put(Kind.TRANSFERRED, status(487, "Request Terminated", 16, "The call was transferred."))
          .put(Kind.NOT_FOUND, status(404, "Not Found", 1, "There is no such number or user."))
          .put(
              Kind.UNAVAILABLE,
              status(480, "Temporarily Unavailable", 20, "No device of this user is signed in."))
          .put(Kind.FORBIDDEN, status(403, "Forbidden", 21, "This call is not allowed."))
          .put(
              Kind.NOT_ACCEPTABLE_MEDIA,
              status(488, "Not Acceptable Here", 88, "The two sides share no codec."))
          .put(
              Kind.PATH_FAILED,
              status(503, "Service Unavailable", 41, "No media path to the browser came up."))
          .put(
              Kind.ENCRYPTION_FAILED,
              status(503, "Service Unavailable", 41, "The DTLS handshake failed."))
          .put(Kind.TIMEOUT, status(408, "Request Timeout", 18, "The device did not respond."))
          .put(
              Kind.CONNECTION_LOST,
              status(480, "Temporarily Unavailable", 27, "The connection was lost."))
          .put(Kind.REFUSED, status(480, "Temporarily Unavailable", 31, "The call was refused."))
          .put(Kind.OVERLOADED, status(503, "Service Unavailable", 42, "The gateway is busy."))
          .put(
              Kind.SHUTTING_DOWN,
              status(503, "Service Unavailable", 41, "The gateway is going down."))
          .put(Kind.INTERNAL_ERROR, status(500, "Server Internal Error", 41, "The gateway failed."))
          .buildOrThrow();

  /**
   * Kinds whose sentence speaks of us or guesses; where the other side refused, it may be wrong.
   */
  private static final ImmutableSet<Kind> OURS =
      ImmutableSet.of(
          Kind.UNAVAILABLE,
          Kind.FORBIDDEN,
          Kind.OVERLOADED,
          Kind.NOT_ACCEPTABLE_MEDIA,
          Kind.REFUSED);

  private SipReasons() {}

  /**
   * What a SIP leg is told. The status of a callee that spoke SIP itself is passed on, so that a
   * phone sees what the other phone said; but not that the callee wanted credentials of us.
   */
  public static SipStatus toSip(EndReason reason) {
    SipStatus status = Optional.ofNullable(STATUS.get(reason.kind())).orElseThrow();
    int code = concernsTheCaller(reason.status()) ? reason.status() : status.code();
    int cause = reason.cause() > 0 ? reason.cause() : Refusal.causeOf(reason.status(), status);
    String text = reason.text().isEmpty() ? status.explanation() : reason.text();
    String phrase = code == status.code() ? status.phrase() : SipStatus.phraseOf(code);
    return new SipStatus(code, phrase, cause, text);
  }

  private static boolean concernsTheCaller(int code) {
    return code >= 400 && code != 401 && code != 407;
  }

  /** Why a SIP leg ended, in the call's words. */
  public static EndReason fromSip(SipEnd end, By by) {
    SipStatus status = end.status();
    int code = end.kind() == SipEnd.Kind.REFUSED ? status.code() : 0;
    Kind kind = kindOf(end);
    boolean silent = status.explanation().isEmpty() && code > 0 && OURS.contains(kind);
    String text =
        silent
            ? "The other side said " + code + " " + SipStatus.phraseOf(code) + "."
            : status.explanation();
    return new EndReason(kind, by, code, status.q850Cause(), text);
  }

  private static Kind kindOf(SipEnd end) {
    return switch (end.kind()) {
      case CANCELLED -> Kind.CANCELLED;
      case BYE -> Kind.HANGUP;
      case TIMEOUT -> Kind.TIMEOUT;
      case UNREACHABLE -> Kind.UNAVAILABLE;
      case OFFER_UNANSWERED -> Kind.NOT_ACCEPTABLE_MEDIA;
      case REFUSED -> Refusal.kindOf(end.status());
    };
  }

  /** What a phone hears of a text that was not delivered (RFC 3428 section 7). */
  public static SipStatus ofText(ReasonCode code) {
    return switch (code) {
      case NOT_FOUND -> status(404, "Not Found", 0, "");
      case FORBIDDEN -> status(403, "Forbidden", 0, "");
      case OVERLOADED -> status(503, "Service Unavailable", 0, "");
      case NOT_SUPPORTED -> status(488, "Not Acceptable Here", 0, "");
      default -> status(480, "Temporarily Unavailable", 0, "");
    };
  }

  private static SipStatus status(int code, String phrase, int cause, String text) {
    return new SipStatus(code, phrase, cause, text);
  }
}
