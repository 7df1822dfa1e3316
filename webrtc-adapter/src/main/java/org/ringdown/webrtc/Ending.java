package org.ringdown.webrtc;

import org.jspecify.annotations.Nullable;
import org.ringdown.webrtc.signaling.ReasonCode;

/** How a session ends, and what the page is told (RFC 6455 section 7.4 for the status). */
enum Ending {
  SIGNED_OUT(1000, "goodbye", null, 0),
  NOT_RESUMED(1000, "not resumed", null, 0),
  OVERFLOWN(1008, "too many unacknowledged events", ReasonCode.OVERLOADED, 1_000),
  EXPIRED(1008, "the sign-in has expired", ReasonCode.TOKEN_EXPIRED, 0),
  SHUTTING_DOWN(1001, "shutting down", ReasonCode.SHUTTING_DOWN, 3_000);

  private final int status;
  private final String text;
  private final @Nullable ReasonCode goodbye;
  private final long reconnectAfterMs;

  Ending(int status, String text, @Nullable ReasonCode goodbye, long reconnectAfterMs) {
    this.status = status;
    this.text = text;
    this.goodbye = goodbye;
    this.reconnectAfterMs = reconnectAfterMs;
  }

  /** The status that the socket is closed with. */
  int status() {
    return status;
  }

  /** What the close frame says. */
  String text() {
    return text;
  }

  /** The reason of {@code goodbye}; null if the page is not told. */
  @Nullable ReasonCode goodbye() {
    return goodbye;
  }

  /** When the page should come back; 0 for never. */
  long reconnectAfterMs() {
    return reconnectAfterMs;
  }
}
