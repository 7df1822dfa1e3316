package org.ringdown.gateway.media.leg;

/** What can be said of the media of a leg. */
public enum PathState {
  CONNECTING,
  CONNECTED,
  /** Packets or checks have stopped. */
  LOST,
  /** A path that never came up. */
  ICE_FAILED,
  DTLS_FAILED,
  /** The call is up and no packet has come from this leg for a while. */
  SILENT,
  /** Packets come from a silent leg again. */
  HEARD_AGAIN
}
