package org.ringdown.gateway.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;

/** The words of a command line, one after the other. Not thread-safe. */
public final class Arguments {
  private final Iterator<String> words;
  private String word = "";

  /** None is read yet. */
  public Arguments(String... words) {
    this.words = Arrays.asList(words).iterator();
  }

  /** Whether there is one more. */
  public boolean hasNext() {
    return words.hasNext();
  }

  /** The next one: an option, or something that stands for itself. */
  public String next() {
    word = words.next();
    return word;
  }

  /**
   * A value of the option that was read last.
   *
   * @param what it is, for a person: {@code "the name of a file"}
   * @throws UsageException if there is none
   */
  public String value(String what) throws UsageException {
    if (!words.hasNext()) {
      throw new UsageException(word + " needs " + what);
    }
    return words.next();
  }

  /** The same, of which this can be made. */
  public Path path() throws UsageException {
    return path(value("the name of a file"));
  }

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
   * A whole number from 1.
   *
   * @param most the largest, at most 99999
   */
  public int number(int most) throws UsageException {
    String text = value("a number from 1 to " + most);
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
      throw new UsageException(word + " needs a number from 1 to " + most + ", not " + text);
    }
    return Integer.parseInt(text);
  }
}
