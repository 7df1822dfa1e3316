package org.ringdown.gateway;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.command.Arguments;
import org.ringdown.gateway.command.UsageException;

/** What the command was called with. */
final class CommandLine {
  private static final String CALL = "who calls and what is dialled";

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
    Arguments words = new Arguments(args);
    while (words.hasNext()) {
      command.take(words.next(), words);
    }
    return command;
  }

  private void take(String word, Arguments more) throws UsageException {
    switch (word) {
      case "--config" -> config = more.path();
      case "--route" -> route = new RouteQuestion(more.value(CALL), more.value(CALL));
      case "--check" -> check = true;
      case "--help", "-h" -> help = true;
      case "--version" -> version = true;
      default -> throw new UsageException("unknown argument: " + word);
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
}
