package org.ringdown.gateway.testkit.stage;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What a script says a value must be: nothing at all, a {@code /pattern/} to be found in it, or a
 * text.
 *
 * @param text null if there must be no value
 */
public record Wanted(@Nullable String text) {
  /** Whether a value is that text, or has the pattern in it. */
  public boolean is(Optional<String> value) {
    return matches(value, false);
  }

  /** Whether a value has that text, or the pattern, in it. */
  public boolean isIn(Optional<String> value) {
    return matches(value, true);
  }

  private boolean matches(Optional<String> value, boolean part) {
    String wanted = text;
    if (wanted == null || value.isEmpty()) {
      return wanted == null && value.isEmpty();
    }
    if (wanted.length() > 1 && wanted.startsWith("/") && wanted.endsWith("/")) {
      return find(wanted.substring(1, wanted.length() - 1), value.get());
    }
    return part ? value.get().contains(wanted) : value.get().equals(wanted);
  }

  private static boolean find(String pattern, String value) {
    try {
      return Pattern.compile(pattern).matcher(value).find();
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  /** For a person: what is at a place, and what should be. */
  public String complaint(String place, Optional<String> value) {
    String found = value.map(text -> "is " + text).orElse("is not there");
    return place + " " + found + ", not " + (text == null ? "absent" : text);
  }
}
