package org.ringdown.webrtc.signaling;

/**
 * The stable list of codes that stand in {@code error.code} and {@code hangup.reason.code}. A code
 * never changes its meaning; pages may switch on it.
 */
public enum ReasonCode {
  HANGUP("hangup", "The call was ended.", ""),
  BUSY("busy", "The called party is busy.", "Try again later."),
  DECLINED("declined", "The called party declined the call.", ""),
  NO_ANSWER("no-answer", "Nobody answered.", "Try again later."),
  CANCELLED("cancelled", "The caller gave up before the call was answered.", ""),
  ANSWERED_ELSEWHERE("answered-elsewhere", "Another device answered the call.", ""),
  TRANSFERRED("transferred", "The call was transferred to somebody else.", ""),
  NOT_FOUND("not-found", "There is no such number or user.", "Check the number."),
  UNAVAILABLE(
      "unavailable",
      "The called party has no device that can be reached.",
      "Ask the called party to sign in or to register the phone."),
  FORBIDDEN("forbidden", "This call is not allowed.", "Ask the administrator for the permission."),
  NOT_ACCEPTABLE_MEDIA(
      "not-acceptable-media",
      "The two sides share no codec, or the session description cannot be used.",
      "Allow G.711 (PCMU or PCMA) on both sides; send the browser's SDP unchanged."),
  ICE_FAILED(
      "ice-failed",
      "No network path between the browser and the gateway was found.",
      "Check that UDP to the gateway's media port is open, or configure TURN."),
  DTLS_FAILED(
      "dtls-failed",
      "The encryption handshake with the browser failed.",
      "Reload the page; check for a proxy that alters session descriptions."),
  NO_RTP_FROM_SIP(
      "no-rtp-from-sip",
      "No sound arrives from the phone.",
      "Check firewall and NAT between the phone and the gateway's RTP ports."),
  NO_RTP_FROM_BROWSER(
      "no-rtp-from-browser",
      "No sound arrives from the browser.",
      "Check the microphone and its permission."),
  TIMEOUT("timeout", "The other side did not respond in time.", "Try again."),
  CONNECTION_LOST(
      "connection-lost",
      "The page's connection was lost and did not come back.",
      "Check the network and sign in again."),
  OVERLOADED("overloaded", "The gateway is at its limit.", "Try again in a few seconds."),
  SHUTTING_DOWN("shutting-down", "The gateway is going down.", "Reconnect in a moment."),
  BAD_REQUEST("bad-request", "The message is not of the protocol's form.", "Correct the field."),
  NOT_SUPPORTED(
      "not-supported",
      "This version of the gateway does not carry this request out.",
      "Do without it; the protocol reference lists what is carried out."),
  UNKNOWN_CALL("unknown-call", "There is no such call in this session.", "It may be over."),
  WRONG_STATE("wrong-state", "The call is not in a state for this.", ""),
  UNAUTHORIZED("unauthorized", "Sign-in failed.", "Check user name and password, or the token."),
  TOKEN_EXPIRED(
      "token-expired", "The sign-in has expired.", "Sign in with a new token; renew it in time."),
  SERVER_ERROR("server-error", "The gateway failed.", "Tell the administrator; try again.");

  private final String code;
  private final String sentence;
  private final String remedy;

  ReasonCode(String code, String sentence, String remedy) {
    this.code = code;
    this.sentence = sentence;
    this.remedy = remedy;
  }

  /** The code as it stands in JSON. */
  public String code() {
    return code;
  }

  /** What it means, in one sentence for a person. */
  public String sentence() {
    return sentence;
  }

  /** What the person can do about it; empty if nothing. */
  public String remedy() {
    return remedy;
  }
}
