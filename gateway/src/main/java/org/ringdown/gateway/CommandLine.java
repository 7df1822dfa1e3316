package org.ringdown.gateway;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the command was called with. */
final class CommandLine {
  private @Nullable Path config;
  private @Nullable RouteQuestion route;
  private boolean check;
  private boolean help;
  private boolean version;

  private CommandLine() {}

  /**
   * Reads the arguments.
   *
   * @throws UsageException for one that is unknown or incomplete; the message names it
   */
  static CommandLine parse(String... args) throws UsageException {
    CommandLine command = new CommandLine();
    Iterator<String> words = Arrays.asList(args).iterator();
    while (words.hasNext()) {
      command.take(words.next(), words);
    }
    return command;
  }

  private void take(String word, Iterator<String> more) throws UsageException {
    switch (word) {
      case "--config" -> config = path(more);
      case "--route" -> route = new RouteQuestion(next(word, more), next(word, more));
      case "--check" -> check = true;
      case "--help", "-h" -> help = true;
      case "--version" -> version = true;
      default -> throw new UsageException("unknown argument: " + word);
    }
  }

  private static String next(String word, Iterator<String> more) throws UsageException {
    if (!more.hasNext()) {
      throw new UsageException(word + " needs who calls and what is dialled");
    }
    return more.next();
  }

  private static Path path(Iterator<String> more) throws UsageException {
    if (!more.hasNext()) {
      throw new UsageException("--config needs the name of a file");
    }
    String name = more.next();
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new UsageException("not the name of a file: " + name);
    }
  }

  Optional<Path> config() {
    return Optional.ofNullable(config);
  }

  Optional<RouteQuestion> route() {
    return Optional.ofNullable(route);
  }

  boolean check() {
    return check;
  }

  boolean help() {
    return help;
  }

  boolean version() {
    return version;
  }

  /** The command line cannot be understood. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }
}
