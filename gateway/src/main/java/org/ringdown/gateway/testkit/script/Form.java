package org.ringdown.gateway.testkit.script;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The shape of a sentence: words, {@code <slots>} and at the end {@code [optional groups]} that may
 * come in any order. The first words are the head, by which the verb is known.
 */
@Immutable
final class Form {
  private static final Splitter WORDS = Splitter.on(' ').omitEmptyStrings();

  private final String text;
  private final ImmutableList<String> fixed;
  private final ImmutableList<ImmutableList<String>> groups;

  private Form(
      String text, ImmutableList<String> fixed, ImmutableList<ImmutableList<String>> groups) {
    this.text = text;
    this.fixed = fixed;
    this.groups = groups;
  }

  static Form of(String text) {
    int bracket = text.indexOf('[');
    String fixed = bracket < 0 ? text : text.substring(0, bracket);
    ImmutableList.Builder<ImmutableList<String>> groups = ImmutableList.builder();
    for (int at = bracket; at >= 0; at = text.indexOf('[', at + 1)) {
      groups.add(words(text.substring(at + 1, text.indexOf(']', at))));
    }
    return new Form(text, words(fixed), groups.build());
  }

  private static ImmutableList<String> words(String text) {
    return ImmutableList.copyOf(WORDS.splitToList(text));
  }

  /** How many of the head's words the sentence begins with, if it has them all; else 0. */
  int headMatch(List<String> words) {
    int length = 0;
    while (length < fixed.size() && !isSlot(fixed.get(length))) {
      if (length >= words.size() || !words.get(length).equals(fixed.get(length))) {
        return 0;
      }
      length++;
    }
    return length;
  }

  String firstWord() {
    return fixed.get(0);
  }

  /**
   * What stands in the slots, by the slot's name; by the word before it for a group's.
   *
   * @throws Misfit with what was expected
   */
  Map<String, String> match(List<String> words) throws Misfit {
    Map<String, String> values = new LinkedHashMap<>();
    int at = take(fixed, words, 0, values, "");
    List<ImmutableList<String>> left = new ArrayList<>(groups);
    while (at < words.size()) {
      String word = words.get(at);
      ImmutableList<String> group =
          left.stream()
              .filter(candidate -> candidate.get(0).equals(word))
              .findFirst()
              .orElseThrow(() -> new Misfit("\"" + word + "\" does not belong here"));
      left.remove(group);
      at = take(group, words, at, values, group.get(0));
      values.putIfAbsent(group.get(0), group.get(group.size() - 1));
    }
    return values;
  }

  private static int take(
      List<String> pattern, List<String> words, int start, Map<String, String> values, String name)
      throws Misfit {
    int at = start;
    for (String part : pattern) {
      if (at >= words.size()) {
        throw new Misfit("it ends too early");
      }
      String word = words.get(at++);
      if (!isSlot(part)) {
        if (!word.equals(part)) {
          throw new Misfit("\"" + word + "\" stands where \"" + part + "\" should");
        }
        continue;
      }
      Slot slot = slot(part);
      if (!slot.accepts(word)) {
        throw new Misfit("\"" + word + "\" is not " + slot.expected());
      }
      values.put(name.isEmpty() ? part.substring(1, part.length() - 1) : name, word);
    }
    return at;
  }

  /** A pattern of the whole sentence, with articles wherever {@link Phrase} passes over them. */
  String regex() {
    StringBuilder pattern = new StringBuilder(regex(fixed));
    if (!groups.isEmpty()) {
      pattern.append("( ");
      pattern.append(groups.stream().map(Form::regex).collect(Collectors.joining("|", "(", ")")));
      pattern.append(")*");
    }
    return pattern.toString();
  }

  private static String regex(List<String> words) {
    return words.stream()
        .map(word -> isSlot(word) ? "(" + slot(word).regex() + ")" : word)
        .collect(Collectors.joining(" ((" + String.join("|", Phrase.FILLERS) + ") )?"));
  }

  private static Slot slot(String part) {
    return Slot.named(part.substring(1, part.length() - 1));
  }

  private static boolean isSlot(String part) {
    return part.startsWith("<");
  }

  @Override
  public String toString() {
    return text;
  }

  /** A sentence that does not have this form. */
  static final class Misfit extends Exception {
    private static final long serialVersionUID = 1L;

    Misfit(String message) {
      super(message);
    }
  }
}
