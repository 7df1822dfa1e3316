package org.ringdown.gateway.call;

/**
 * Why a call, or one leg of it, is over. A value: each kind of leg maps it once to its own wire
 * form, and it decides log level, metric and call record.
 *
 * @param kind what happened
 * @param by who brought it about
 * @param status the response code that a leg gave, 0 if there was none
 * @param cause the ITU-T Q.850 cause that a leg gave, 0 if there was none
 * @param text one sentence for a person, empty for the kind's own
 */
public record EndReason(Kind kind, By by, int status, int cause, String text) {
  /** A reason with nothing but its kind. */
  public static EndReason of(Kind kind, By by) {
    return new EndReason(kind, by, 0, 0, "");
  }

  /** A reason of the gateway's own, explained. */
  public static EndReason byGateway(Kind kind, String text) {
    return new EndReason(kind, By.GATEWAY, 0, 0, text);
  }

  /** The same reason under another name. */
  public EndReason as(Kind other) {
    return new EndReason(other, by, status, cause, text);
  }

  /** Who ended the call. */
  public enum By {
    CALLER,
    CALLEE,
    GATEWAY;

    /** A side as the one who did it. */
    public static By of(Side side) {
      return side == Side.CALLER ? CALLER : CALLEE;
    }
  }

  /** What happened. */
  public enum Kind {
    /** A side hung up. */
    HANGUP,
    /** The callee is in another call. */
    BUSY,
    /** The callee does not want the call. */
    DECLINED,
    /** It rang and nobody answered. */
    NO_ANSWER,
    /** The caller gave up before the answer. */
    CANCELLED,
    /** Another device of the callee answered. */
    ANSWERED_ELSEWHERE,
    /** The other side talks to somebody else now. */
    TRANSFERRED,
    /** There is no such number or user. */
    NOT_FOUND,
    /** The callee exists and has no device that can be reached. */
    UNAVAILABLE,
    /** The caller may not make this call. */
    FORBIDDEN,
    /** No codec in common, or a description that cannot be used. */
    NOT_ACCEPTABLE_MEDIA,
    /** No network path for media came up. */
    PATH_FAILED,
    /** The media path could not be secured. */
    ENCRYPTION_FAILED,
    /** A side did not respond in time. */
    TIMEOUT,
    /** A side's connection was lost and did not come back. */
    CONNECTION_LOST,
    /** The callee refused for another reason; the status tells. */
    REFUSED,
    /** The gateway is at its limit. */
    OVERLOADED,
    /** The gateway is going down. */
    SHUTTING_DOWN,
    /** The gateway failed. */
    INTERNAL_ERROR;

    /** True where an operator may want to know, false for the ordinary ends of a call. */
    public boolean isFailure() {
      return switch (this) {
        case PATH_FAILED,
            ENCRYPTION_FAILED,
            TIMEOUT,
            CONNECTION_LOST,
            NOT_ACCEPTABLE_MEDIA,
            OVERLOADED,
            INTERNAL_ERROR ->
            true;
        default -> false;
      };
    }
  }
}
