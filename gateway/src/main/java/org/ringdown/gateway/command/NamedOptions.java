package org.ringdown.gateway.command;

import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options of a command that has many and nothing else, each by its name and at most once. Not
 * thread-safe.
 */
public final class NamedOptions {
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Set<String> flags = new HashSet<>();

  private NamedOptions() {}

  /**
   * Takes the words apart.
   *
   * @param withValue the names that want a value
   * @param alone the names that stand alone
   * @throws UsageException for a word that is neither, or stands there twice, or lacks its value
   */
  public static NamedOptions parse(
      ImmutableSet<String> withValue, ImmutableSet<String> alone, String... words)
      throws UsageException {
    NamedOptions options = new NamedOptions();
    Arguments all = new Arguments(words);
    while (all.hasNext()) {
      String name = all.next();
      if (withValue.contains(name)) {
        if (options.values.put(name, all.value("a value")) != null) {
          throw new UsageException(name + " stands there twice");
        }
      } else if (alone.contains(name)) {
        options.flags.add(name);
      } else {
        throw new UsageException("unknown argument: " + name);
      }
    }
    return options;
  }

  /** Whether an option is there. */
  public boolean has(String name) {
    return flags.contains(name) || values.containsKey(name);
  }

  /** Its value as it is. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** A whole number in a range. */
  public int whole(String name, int unless, int least, int most) throws UsageException {
    String text = values.get(name);
    return text == null ? unless : Values.whole(name, text, least, most);
  }

  /** A number in a range, with at most four digits behind the point. */
  public double number(String name, double unless, double least, double most)
      throws UsageException {
    String text = values.get(name);
    return text == null ? unless : Values.number(name, text, least, most);
  }

  /** Such as {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}. */
  public Optional<Duration> duration(String name) throws UsageException {
    String text = values.get(name);
    return text == null ? Optional.empty() : Optional.of(Values.duration(name, text));
  }

  /** Such as {@code 600MiB}; in KiB. */
  public Optional<Long> sizeKiB(String name) throws UsageException {
    String text = values.get(name);
    return text == null ? Optional.empty() : Optional.of(Values.sizeKiB(name, text));
  }

  /** The name of a file that can be written. */
  public Optional<Path> report(String name) throws UsageException {
    String text = values.get(name);
    return text == null ? Optional.empty() : Optional.of(Values.report(name, text));
  }

  /** One of some words: {@code PHONE_TO_PAGE} is written {@code phone-to-page}. */
  public <E extends Enum<E>> E choice(String name, E unless, Class<E> type) throws UsageException {
    String text = values.get(name);
    return text == null ? unless : Values.choice(name, text, type);
  }
}
