package org.ringdown.gateway.sdp.line;

/**
 * A description that cannot be read or cannot be agreed on. The message is fit for a peer: one line
 * of printable ASCII without quotes, with at most a short excerpt of what was received, so that it
 * can stand in a SIP {@code Warning} header or in JSON.
 */
public final class SdpException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int EXCERPT_CHARS = 24;

  private final Reason reason;
  private final int line;

  /** A fault in that line, counted from 1. */
  public SdpException(Reason reason, int line, String message) {
    super(line > 0 ? "SDP line " + line + ": " + message : message);
    this.reason = reason;
    this.line = line;
  }

  /** A fault of no one line. */
  public SdpException(Reason reason, String message) {
    this(reason, 0, message);
  }

  /** What kind of fault it is. */
  public Reason reason() {
    return reason;
  }

  /** The line at fault, counted from 1; 0 if no single line is. */
  public int line() {
    return line;
  }

  /** A short piece of a peer's text, made safe to repeat. */
  public static String excerpt(String text) {
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), EXCERPT_CHARS); i++) {
      char c = text.charAt(i);
      boolean plain = c >= ' ' && c < 0x7F && c != '"' && c != '\\' && c != '<' && c != '>';
      safe.append(plain ? c : '?');
    }
    return text.length() > EXCERPT_CHARS ? safe + "..." : safe.toString();
  }

  /** What kind of fault it is. */
  public enum Reason {
    /** Not SDP (RFC 8866): the message names the line. */
    MALFORMED,
    /** More characters, lines or sections than are read. */
    TOO_LARGE,
    /** Good SDP of a kind the gateway does not speak, such as one without a fingerprint. */
    UNSUPPORTED,
    /** The two sides share no audio codec; the message lists what each has. */
    NO_COMMON_CODEC,
    /** An answer that does not fit its offer, or an offer that drops sections (RFC 3264 6, 8). */
    DOES_NOT_FIT
  }
}
