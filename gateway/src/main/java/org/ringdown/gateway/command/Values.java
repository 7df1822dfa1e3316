package org.ringdown.gateway.command;

import com.google.common.base.Ascii;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The values of options; each complaint names the option and says what was expected. Safe from any
 * thread.
 */
public final class Values {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m|h)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,6})(KiB|MiB|GiB)");

  private Values() {}

  /**
   * The file that a text names.
   *
   * @throws UsageException if no file can have this name
   */
  public static Path path(String name) throws UsageException {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new UsageException("not the name of a file: " + name);
    }
  }

  /**
   * A file to be written.
   *
   * @param name the option, for the complaint
   * @throws UsageException if its directory is not there, or it is one itself
   */
  static Path report(String name, String text) throws UsageException {
    Path file = path(text);
    Path directory = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || directory == null || !Files.isWritable(directory)) {
      throw new UsageException(name + " needs a file that can be written, not " + text);
    }
    return file;
  }

  static int whole(String name, String text, int least, int most) throws UsageException {
    if (!text.matches("\\d{1,9}")
        || Integer.parseInt(text) < least
        || Integer.parseInt(text) > most) {
      throw new UsageException(
          name + " needs a number from " + least + " to " + most + ", not " + text);
    }
    return Integer.parseInt(text);
  }

  static double number(String name, String text, double least, double most) throws UsageException {
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

  static Duration duration(String name, String text) throws UsageException {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new UsageException(
          name + " needs a time with its unit, such as 30s or 5m, not " + text);
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  static long sizeKiB(String name, String text) throws UsageException {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      throw new UsageException(name + " needs a size with its unit, such as 600MiB, not " + text);
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "KiB" -> number;
      case "MiB" -> number << 10;
      default -> number << 20;
    };
  }

  static <E extends Enum<E>> E choice(String name, String text, Class<E> type)
      throws UsageException {
    for (E each : type.getEnumConstants()) {
      if (word(each).equals(text)) {
        return each;
      }
    }
    String words =
        Arrays.stream(type.getEnumConstants()).map(Values::word).collect(Collectors.joining(", "));
    throw new UsageException(name + " needs one of " + words + ", not " + text);
  }

  private static String word(Enum<?> value) {
    return Ascii.toLowerCase(value.name()).replace('_', '-');
  }
}
