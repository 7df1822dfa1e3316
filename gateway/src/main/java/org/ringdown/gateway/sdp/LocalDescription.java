package org.ringdown.gateway.sdp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the gateway has said to one leg last, with the number and version of its {@code o=} line
 * (RFC 3264 section 8). Immutable: keep the newest.
 *
 * @param sessionId any number; choose it at random (below 2^62) once per leg
 * @param version of the text
 * @param text what is said
 * @param description the same, understood
 */
public record LocalDescription(long sessionId, long version, String text, Description description) {
  private static final Pattern ORIGIN_HOST =
      Pattern.compile("(?m)(?<=^o=- [0-9]{1,19} [0-9]{1,19} ).*$");

  /** The first description to a leg. */
  public static LocalDescription first(long sessionId, Description description) {
    return new LocalDescription(sessionId, 1, description.write(sessionId, 1), description);
  }

  /**
   * The next one: a version higher if it says something new, otherwise this itself. All else in the
   * {@code o=} line stays, wherever the media are now.
   */
  public LocalDescription next(Description next) {
    if (next.equals(description)) {
      return this;
    }
    Matcher host = ORIGIN_HOST.matcher(text);
    String written = next.write(sessionId, version + 1);
    String said = host.find() ? ORIGIN_HOST.matcher(written).replaceFirst(host.group()) : written;
    return new LocalDescription(sessionId, version + 1, said, next);
  }
}
