package org.ringdown.gateway.routing;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How numbers are written elsewhere: the first rule that fits a number rewrites it. Immutable, safe
 * from any thread.
 *
 * @param rules in their order
 */
public record Rewriting(ImmutableList<Rule> rules) {
  /** Every number stays as it is. */
  public static final Rewriting NONE = new Rewriting(ImmutableList.of());

  /** One rule. */
  public sealed interface Rule {
    /** The number rewritten; empty if the rule is not for it. */
    Optional<String> apply(String number);

    /**
     * What begins so begins otherwise.
     *
     * @param prefix the old beginning
     * @param replacement the new one
     */
    record Prefix(String prefix, String replacement) implements Rule {
      @Override
      public Optional<String> apply(String number) {
        return number.startsWith(prefix)
            ? Optional.of(replacement + number.substring(prefix.length()))
            : Optional.empty();
      }

      @Override
      public String toString() {
        return "prefix " + prefix + " -> " + replacement;
      }
    }

    /**
     * What matches as a whole becomes something else.
     *
     * @param pattern what it is to match
     * @param replacement what it becomes; {@code $1} stands for the first group
     */
    record Regex(Pattern pattern, String replacement) implements Rule {
      @Override
      public Optional<String> apply(String number) {
        Matcher matcher = pattern.matcher(number);
        return matcher.matches()
            ? Optional.of(matcher.replaceFirst(replacement))
            : Optional.empty();
      }

      @Override
      public String toString() {
        return "regex " + pattern + " -> " + replacement;
      }

      /** Patterns are the same if their texts are. */
      @Override
      public boolean equals(@Nullable Object other) {
        return other instanceof Regex that && toString().equals(that.toString());
      }

      @Override
      public int hashCode() {
        return toString().hashCode();
      }
    }
  }

  /** The number as it is written there; a rule that leaves nothing of it leaves it alone. */
  public String apply(String number) {
    return rules.stream()
        .flatMap(rule -> rule.apply(number).stream())
        .findFirst()
        .filter(rewritten -> !rewritten.isEmpty())
        .orElse(number);
  }
}
