package org.ringdown.gateway.testkit.script;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ringdown.gateway.config.yaml.Spelling;

/**
 * A sentence understood. Articles and {@code its} may be written for a nicer reading and are passed
 * over.
 *
 * @param verb what to do
 * @param words what stands in its slots: by the slot's name, in an optional part by the word before
 *     it ({@code within}, {@code with}, {@code as})
 */
public record Phrase(Verb verb, ImmutableMap<String, String> words) {
  private static final Splitter SPACES = Splitter.on(CharMatcher.whitespace()).omitEmptyStrings();
  static final ImmutableSet<String> FILLERS = ImmutableSet.of("the", "a", "an", "its");

  /**
   * Understands a sentence.
   *
   * @throws MalformedPhrase with what was expected
   */
  public static Phrase parse(String sentence) throws MalformedPhrase {
    List<String> words =
        SPACES.splitToStream(sentence).filter(word -> !FILLERS.contains(word)).toList();
    Verb verb =
        Arrays.stream(Verb.values())
            .filter(candidate -> candidate.form().headMatch(words) > 0)
            .max(Comparator.comparingInt(candidate -> candidate.form().headMatch(words)))
            .orElseThrow(() -> new MalformedPhrase(unknown(words)));
    try {
      return new Phrase(verb, ImmutableMap.copyOf(verb.form().match(words)));
    } catch (Form.Misfit e) {
      throw new MalformedPhrase(e.getMessage() + "; expected: " + verb.sentence());
    }
  }

  private static String unknown(List<String> words) {
    List<String> verbs =
        Arrays.stream(Verb.values()).map(v -> v.form().firstWord()).distinct().toList();
    String first = words.isEmpty() ? "" : words.get(0);
    List<String> alike =
        Arrays.stream(Verb.values())
            .filter(verb -> verb.form().firstWord().equals(first))
            .map(Verb::sentence)
            .toList();
    if (!alike.isEmpty()) {
      return "not a whole sentence; expected: " + String.join(", or ", alike);
    }
    return "no verb \"" + first + "\"; " + Spelling.hint(first, verbs);
  }

  /** The value of a slot that every sentence of the verb has. */
  public String get(String slot) {
    return find(slot).orElseThrow();
  }

  /** The value of an optional slot. */
  public Optional<String> find(String slot) {
    return Optional.ofNullable(words.get(slot));
  }

  /** A slot that holds a time. */
  public Duration time(String slot, Duration otherwise) {
    return find(slot).map(Phrase::duration).orElse(otherwise);
  }

  /** A time as scripts write it: {@code 500ms}, {@code 1.5s}, {@code 2m}. */
  public static Duration duration(String text) {
    String number = CharMatcher.inRange('a', 'z').removeFrom(text);
    String unit = text.substring(number.length());
    double scale = unit.equals("ms") ? 1 : unit.equals("s") ? 1000 : 60_000;
    return Duration.ofMillis(Math.round(Double.parseDouble(number) * scale));
  }

  /** A sentence that cannot be understood; the message says what was expected. */
  public static final class MalformedPhrase extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedPhrase(String message) {
      super(message);
    }
  }
}
