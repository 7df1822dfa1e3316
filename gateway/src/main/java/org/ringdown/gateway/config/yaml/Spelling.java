package org.ringdown.gateway.config.yaml;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which word was meant. Safe from any thread. */
public final class Spelling {
  private static final int MAX_MISTAKES = 2;
  private static final CharMatcher SEPARATORS = CharMatcher.anyOf("-_ ");

  private Spelling() {}

  /**
   * The known word nearest to the one written, if it is near; case and separators do not count, so
   * that {@code nonce_lifetime} finds {@code nonceLifetime}.
   */
  public static Optional<String> nearest(String written, Collection<String> known) {
    return known.stream()
        .filter(word -> distance(written, word) <= Math.min(MAX_MISTAKES, word.length() / 2))
        .min(Comparator.comparingInt(word -> distance(written, word)));
  }

  /** What to say of a word that is not known: the nearest one, or all there are. */
  public static String unknown(String written, Collection<String> known) {
    return "unknown word \"" + written + "\"; " + hint(written, known);
  }

  /** The end of such a sentence. */
  public static String hint(String written, Collection<String> known) {
    return nearest(written, known)
        .map(word -> "did you mean " + word + "?")
        .orElseGet(() -> "expected one of " + String.join(", ", known));
  }

  private static int distance(String left, String right) {
    return editDistance(plain(left), plain(right));
  }

  private static String plain(String word) {
    return Ascii.toLowerCase(SEPARATORS.removeFrom(word));
  }

  /** The number of letters to insert, delete or replace (Levenshtein). */
  private static int editDistance(String left, String right) {
    int[] previous = new int[right.length() + 1];
    for (int column = 0; column <= right.length(); column++) {
      previous[column] = column;
    }
    for (int row = 1; row <= left.length(); row++) {
      int[] current = new int[right.length() + 1];
      current[0] = row;
      for (int column = 1; column <= right.length(); column++) {
        int replace = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
        current[column] =
            Math.min(
                previous[column - 1] + replace,
                1 + Math.min(previous[column], current[column - 1]));
      }
      previous = current;
    }
    return previous[right.length()];
  }
}
