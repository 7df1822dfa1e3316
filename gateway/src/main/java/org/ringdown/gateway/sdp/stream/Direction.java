package org.ringdown.gateway.sdp.stream;

import java.util.Locale;

/** Which way media flow, as seen by the side whose description says it (RFC 3264 section 5.1). */
public enum Direction {
  SENDRECV(true, true),
  SENDONLY(true, false),
  RECVONLY(false, true),
  INACTIVE(false, false);

  private final boolean sends;
  private final boolean receives;

  Direction(boolean sends, boolean receives) {
    this.sends = sends;
    this.receives = receives;
  }

  /** The direction of a side that does these things. */
  public static Direction of(boolean sends, boolean receives) {
    if (sends) {
      return receives ? SENDRECV : SENDONLY;
    }
    return receives ? RECVONLY : INACTIVE;
  }

  /** Whether the side that says it sends. */
  public boolean sends() {
    return sends;
  }

  /** Whether the side that says it receives. */
  public boolean receives() {
    return receives;
  }

  /** The same seen from the other side: the widest answer to it (RFC 3264 section 6.1). */
  public Direction reversed() {
    return of(receives, sends);
  }

  /** What both this and the other allow. */
  public Direction and(Direction other) {
    return of(sends && other.sends, receives && other.receives);
  }

  /** The attribute that says it, such as {@code sendrecv}. */
  public String attribute() {
    return name().toLowerCase(Locale.ROOT);
  }
}
