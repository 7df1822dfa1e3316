package org.ringdown.gateway.testkit.stage;

/**
 * Something that happened between an actor and the gateway.
 *
 * @param nanos since the run began
 * @param kind which way it went, or a note
 * @param label short, for the ladder
 * @param detail the whole message, or empty
 */
public record Happening(long nanos, String actor, Kind kind, String label, String detail) {
  /** What it was. */
  public enum Kind {
    /** The actor sent it. */
    SENT,
    /** The actor received it. */
    RECEIVED,
    /** A fault of the script kept it from being sent or received. */
    LOST,
    /** The state of the media, or what the kit did. */
    NOTE
  }

  /** Seconds since the run began. */
  public double seconds() {
    return nanos / 1e9;
  }
}
