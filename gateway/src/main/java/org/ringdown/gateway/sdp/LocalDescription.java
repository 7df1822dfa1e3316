package org.ringdown.gateway.sdp;

/**
 * What the gateway has said to one leg last, with the number and version of its {@code o=} line
 * (RFC 3264 section 8). Immutable: keep the newest.
 *
 * @param sessionId any number; choose it at random (below 2^62) once per leg
 * @param version of the text
 * @param description what is said
 */
public record LocalDescription(long sessionId, long version, Description description) {

  /** The first description to a leg. */
  public static LocalDescription first(long sessionId, Description description) {
    return new LocalDescription(sessionId, 1, description);
  }

  /** The next one: a version higher if it says something new, otherwise this itself. */
  public LocalDescription next(Description next) {
    return next.equals(description) ? this : new LocalDescription(sessionId, version + 1, next);
  }

  /** The text to send. */
  public String text() {
    return description.write(sessionId, version);
  }
}
