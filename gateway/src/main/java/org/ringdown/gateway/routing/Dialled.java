package org.ringdown.gateway.routing;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ringdown.gateway.routing.address.Escapes;
import org.ringdown.gateway.routing.address.SipUri;

/**
 * What was dialled, made comparable.
 *
 * @param name the user part as written, unescaped
 * @param number the same without the separators that humans put into numbers; equal to {@code name}
 *     if it is no number
 */
record Dialled(String name, String number) {
  private static final int MAX_LENGTH = 256;
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");
  private static final CharMatcher SEPARATORS = CharMatcher.anyOf("-.()/ ");
  private static final CharMatcher DIGITS =
      CharMatcher.inRange('0', '9').or(CharMatcher.anyOf("*#"));

  /**
   * Reads a number, a name, {@code name@host}, a SIP URI (RFC 3261 section 19.1) or a tel URI (RFC
   * 3966); empty if it is none of them. What carriers add to a number (RFC 3261 section 19.1.6),
   * such as its context or that it was ported, is left out. The host does not matter: the gateway
   * has one domain, and phones write whatever address they reach it by.
   */
  static Optional<Dialled> read(String text) {
    String trimmed = CharMatcher.whitespace().trimFrom(text);
    if (trimmed.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    return userPart(trimmed)
        .filter(name -> !name.isEmpty() && CharMatcher.javaIsoControl().matchesNoneOf(name))
        .map(name -> new Dialled(name, withoutSeparators(name)));
  }

  private static Optional<String> userPart(String text) {
    if (Ascii.toLowerCase(text).startsWith("tel:")) {
      return Escapes.decode(before(text.substring("tel:".length()), ';'));
    }
    if (SCHEME.matcher(text).matches()) {
      return SipUri.parse(text)
          .filter(uri -> uri.scheme().equals("sip"))
          .map(uri -> before(uri.user(), ';'));
    }
    return Escapes.decode(before(text, '@'));
  }

  private static String before(String text, char delimiter) {
    int index = text.indexOf(delimiter);
    return index < 0 ? text : text.substring(0, index);
  }

  private static String withoutSeparators(String name) {
    String compact = SEPARATORS.removeFrom(CharMatcher.whitespace().removeFrom(name));
    return isNumber(compact) ? compact : name;
  }

  /** Whether it is a number, not a name. */
  boolean isNumber() {
    return isNumber(number);
  }

  private static boolean isNumber(String text) {
    String digits = text.startsWith("+") ? text.substring(1) : text;
    return !digits.isEmpty() && DIGITS.matchesAllOf(digits);
  }
}
