package org.ringdown.gateway.testkit.load.media;

/** How much of media calls have. */
public enum MediaMode {
  /** None: signalling alone. */
  NONE,
  /** ICE, DTLS and sound until each end has heard the other; then silence. */
  SETUP,
  /** Sound both ways for the whole call, 50 packets a second. */
  SOUND
}
