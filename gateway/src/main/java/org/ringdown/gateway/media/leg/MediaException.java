package org.ringdown.gateway.media.leg;

/** A description that cannot be used, or no media resource left. The text is fit for a peer. */
public final class MediaException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** A failure whose text may be told to the peer. */
  public MediaException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** A description that cannot be used. */
  public static MediaException notAcceptable(String why) {
    return new MediaException(Kind.NOT_ACCEPTABLE, why);
  }

  /** Whose fault it is. */
  public Kind kind() {
    return kind;
  }

  /** Whose fault it is. */
  public enum Kind {
    /** The SDP is malformed or offers nothing that can be used: 488. */
    NOT_ACCEPTABLE,
    /** No port, no memory: 503. */
    EXHAUSTED
  }
}
