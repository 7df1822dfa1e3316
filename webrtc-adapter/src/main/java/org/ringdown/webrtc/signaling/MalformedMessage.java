package org.ringdown.webrtc.signaling;

import org.jspecify.annotations.Nullable;

/**
 * A frame that is not a message of the protocol. The text is our own and fit for the page; it never
 * repeats a value, only names of fields.
 */
public final class MalformedMessage extends Exception {
  private static final long serialVersionUID = 1L;

  private final ReasonCode code;
  private final @Nullable String id;
  private final @Nullable String field;

  private MalformedMessage(
      ReasonCode code, @Nullable String id, @Nullable String field, String message) {
    super(message, null, false, false);
    this.code = code;
    this.id = id;
    this.field = field;
  }

  /** The frame as a whole is wrong, or where it is wrong cannot be said. */
  static MalformedMessage frame(String message) {
    return new MalformedMessage(ReasonCode.BAD_REQUEST, null, null, message);
  }

  /** One field is wrong; {@code field} is its JSON pointer (RFC 6901). */
  static MalformedMessage field(String field, String message) {
    return new MalformedMessage(ReasonCode.BAD_REQUEST, null, field, message);
  }

  MalformedMessage withId(@Nullable String id) {
    return new MalformedMessage(code, id, field, text());
  }

  /** {@link ReasonCode#BAD_REQUEST}. */
  public ReasonCode code() {
    return code;
  }

  /** The {@code error} that tells the page. */
  public ServerMessage.Refused reply() {
    return new ServerMessage.Refused(id, code.code(), text(), code.remedy(), field);
  }

  private String text() {
    String text = getMessage();
    return text == null ? code.sentence() : text;
  }
}
