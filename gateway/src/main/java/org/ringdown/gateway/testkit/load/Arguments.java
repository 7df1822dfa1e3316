package org.ringdown.gateway.testkit.load;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a command line: {@code --name value}, {@code --name=value} and {@code --flag}. */
final class Arguments {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m|h)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,6})(KiB|MiB|GiB)");

  private final Map<String, String> values = new LinkedHashMap<>();
  private final Set<String> flags = new HashSet<>();

  private Arguments() {}

  /**
   * Takes the words apart.
   *
   * @param withValue the names that want a value
   * @param alone the names that stand alone
   */
  static Arguments parse(
      ImmutableSet<String> withValue, ImmutableSet<String> alone, String... words)
      throws UsageException {
    Arguments arguments = new Arguments();
    Iterator<String> all = Arrays.asList(words).iterator();
    while (all.hasNext()) {
      String word = all.next();
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (withValue.contains(name)) {
        String value = equals < 0 ? next(name, all) : word.substring(equals + 1);
        if (arguments.values.put(name, value) != null) {
          throw new UsageException(name + " stands there twice");
        }
      } else if (alone.contains(word)) {
        arguments.flags.add(word);
      } else {
        throw new UsageException("unknown argument: " + word);
      }
    }
    return arguments;
  }

  private static String next(String name, Iterator<String> all) throws UsageException {
    if (!all.hasNext()) {
      throw new UsageException(name + " needs a value");
    }
    String value = all.next();
    if (value.startsWith("--")) {
      throw new UsageException(name + " needs a value, not " + value);
    }
    return value;
  }

  boolean has(String flag) {
    return flags.contains(flag) || values.containsKey(flag);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  int whole(String name, int unless, int least, int most) throws UsageException {
    String text = values.get(name);
    if (text == null) {
      return unless;
    }
    if (!text.matches("\\d{1,9}")
        || Integer.parseInt(text) < least
        || Integer.parseInt(text) > most) {
      throw new UsageException(
          name + " needs a number from " + least + " to " + most + ", not " + text);
    }
    return Integer.parseInt(text);
  }

  double number(String name, double unless, double least, double most) throws UsageException {
    String text = values.get(name);
    if (text == null) {
      return unless;
    }
    if (!text.matches("\\d{1,6}(\\.\\d{1,4})?")
        || Double.parseDouble(text) < least
        || Double.parseDouble(text) > most) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "%s needs a number from %s to %s, not %s",
              name,
              brief(least),
              brief(most),
              text));
    }
    return Double.parseDouble(text);
  }

  private static String brief(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }

  /** Such as {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}. */
  Optional<Duration> duration(String name) throws UsageException {
    String text = values.get(name);
    if (text == null) {
      return Optional.empty();
    }
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new UsageException(
          name + " needs a time with its unit, such as 30s or 5m, not " + text);
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofHours(number);
        });
  }

  /** Such as {@code 600MiB}; in KiB. */
  Optional<Long> sizeKiB(String name) throws UsageException {
    String text = values.get(name);
    if (text == null) {
      return Optional.empty();
    }
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      throw new UsageException(name + " needs a size with its unit, such as 600MiB, not " + text);
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "KiB" -> number;
          case "MiB" -> number << 10;
          default -> number << 20;
        });
  }

  /** One of some words. */
  <E extends Enum<E>> E choice(String name, E unless, Class<E> type) throws UsageException {
    String text = values.get(name);
    if (text == null) {
      return unless;
    }
    for (E each : type.getEnumConstants()) {
      if (word(each).equals(text)) {
        return each;
      }
    }
    String words =
        Arrays.stream(type.getEnumConstants())
            .map(Arguments::word)
            .collect(java.util.stream.Collectors.joining(", "));
    throw new UsageException(name + " needs one of " + words + ", not " + text);
  }

  private static String word(Enum<?> value) {
    return Ascii.toLowerCase(value.name()).replace('_', '-');
  }
}
