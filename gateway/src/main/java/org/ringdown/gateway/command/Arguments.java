package org.ringdown.gateway.command;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The words of a command line, one after the other: {@code --name value} or {@code --name=value},
 * {@code --name} alone, and others. Not thread-safe.
 */
public final class Arguments {
  private final Iterator<String> words;
  private String word = "";
  private @Nullable String attached;

  /** None is read yet. */
  public Arguments(String... words) {
    this.words = Arrays.asList(words).iterator();
  }

  /** Whether there is one more. */
  public boolean hasNext() {
    return attached != null || words.hasNext();
  }

  /**
   * The next one: the name of an option, or something that stands for itself.
   *
   * @throws UsageException if the one before was given a value that nobody wanted
   */
  public String next() throws UsageException {
    if (attached != null) {
      throw new UsageException(word + " takes no value");
    }
    word = words.next();
    int equals = word.startsWith("--") ? word.indexOf('=') : -1;
    if (equals > 0) {
      attached = word.substring(equals + 1);
      word = word.substring(0, equals);
    }
    return word;
  }

  /**
   * A value of the option that was read last.
   *
   * @param what it is, for a person: {@code "the name of a file"}
   * @throws UsageException if there is none
   */
  public String value(String what) throws UsageException {
    String own = attached;
    if (own != null) {
      attached = null;
      return own;
    }
    if (!words.hasNext()) {
      throw new UsageException(word + " needs " + what);
    }
    String value = words.next();
    if (value.startsWith("--")) {
      throw new UsageException(word + " needs " + what + ", not " + value);
    }
    return value;
  }

  /** The same, of which this can be made. */
  public Path path() throws UsageException {
    return Values.path(value("the name of a file"));
  }

  /** The same, to be written. */
  public Path report() throws UsageException {
    return Values.report(word, value("the name of a file"));
  }

  /** A whole number from 1. */
  public int number(int most) throws UsageException {
    return Values.whole(word, value("a number from 1 to " + most), 1, most);
  }
}
