package org.ringdown.gateway.testkit;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Streams;
import com.google.common.net.HostAndPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.command.Arguments;
import org.ringdown.gateway.command.UsageException;
import org.ringdown.gateway.command.Values;
import org.ringdown.gateway.testkit.run.Account;

/** What the command was called with. */
final class CommandLine {
  private static final int MOST = 10_000;
  private static final int HIGHEST_PORT = 65_535;

  private final List<Path> files = new ArrayList<>();
  private final Map<String, String> variables = new LinkedHashMap<>();
  private final Map<String, Account> accounts = new LinkedHashMap<>();
  private @Nullable HostAndPort gateway;
  private @Nullable String web;
  private @Nullable Path junit;
  private @Nullable Path json;
  private @Nullable Path record;
  private String filter = "";
  private int repeat = 1;
  private int parallel = 1;
  private int patience = 1;
  private int tlsPort = 5061;
  private boolean insecure;
  private boolean watch;
  private boolean check;
  private boolean messages;
  private boolean help;
  private boolean verbs;

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
    if (command.files.isEmpty() && !command.help && !command.verbs) {
      throw new UsageException("name at least one script, or a directory of scripts");
    }
    return command;
  }

  private void take(String word, Arguments more) throws UsageException {
    switch (word) {
      case "--gateway" -> gateway = hostAndPort(more.value("a value"));
      case "--web" -> web = more.value("a value");
      case "--tls-port" -> tlsPort = more.number(HIGHEST_PORT);
      case "--set" -> set(more.value("a value"), "--set needs NAME=VALUE", variables);
      case "--user" -> user(more.value("a value"));
      case "--filter" -> filter = more.value("a value");
      case "--repeat" -> repeat = more.number(MOST);
      case "--parallel" -> parallel = more.number(MOST);
      case "--patience" -> patience = more.number(MOST);
      case "--junit" -> junit = more.report();
      case "--json" -> json = more.report();
      case "--record" -> record = directory(more.value("a directory"));
      case "--insecure" -> insecure = true;
      case "--watch" -> watch = true;
      case "--check" -> check = true;
      case "--messages" -> messages = true;
      case "--verbs" -> verbs = true;
      case "--help", "-h" -> help = true;
      default -> file(word);
    }
  }

  private void file(String word) throws UsageException {
    if (word.startsWith("-")) {
      throw new UsageException("unknown argument: " + word);
    }
    Path path = Values.path(word);
    if (!Files.isDirectory(path)) {
      files.add(path);
      return;
    }
    try (Stream<Path> inside = Files.walk(path)) {
      List<Path> scripts =
          inside
              .filter(file -> file.toString().endsWith(".yaml"))
              .filter(file -> !isPart(path.relativize(file)))
              .sorted()
              .toList();
      if (scripts.isEmpty()) {
        throw new UsageException("there is no script (*.yaml) in " + word);
      }
      files.addAll(scripts);
    } catch (IOException e) {
      throw new UsageException("cannot read " + word + ": " + e.getMessage());
    }
  }

  /** Whether it is made to be included, by the folder it is in. */
  private static boolean isPart(Path inside) {
    return Streams.stream(inside).anyMatch(name -> name.toString().equals("parts"));
  }

  private static Path directory(String word) throws UsageException {
    try {
      return Files.createDirectories(Values.path(word));
    } catch (IOException e) {
      throw new UsageException("cannot make the directory " + word + ": " + e.getMessage());
    }
  }

  private static HostAndPort hostAndPort(String text) throws UsageException {
    try {
      return HostAndPort.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--gateway needs HOST or HOST:PORT, not " + text);
    }
  }

  private static void set(String pair, String expected, Map<String, String> into)
      throws UsageException {
    int equals = pair.indexOf('=');
    if (equals < 1) {
      throw new UsageException(expected + ", not " + pair);
    }
    into.put(pair.substring(0, equals), pair.substring(equals + 1));
  }

  private void user(String text) throws UsageException {
    Map<String, String> pair = new LinkedHashMap<>();
    set(text, "--user needs ACTOR=USER:PASSWORD or ACTOR=PASSWORD", pair);
    pair.forEach(
        (actor, account) -> {
          int colon = account.indexOf(':');
          accounts.put(
              actor,
              colon < 0
                  ? new Account(actor, account)
                  : new Account(account.substring(0, colon), account.substring(colon + 1)));
        });
  }

  ImmutableList<Path> files() {
    return ImmutableList.copyOf(files);
  }

  ImmutableMap<String, String> variables() {
    return ImmutableMap.copyOf(variables);
  }

  Optional<HostAndPort> gateway() {
    return Optional.ofNullable(gateway);
  }

  Optional<String> web() {
    return Optional.ofNullable(web);
  }

  /** Whom an actor signs in as; by its own name and without a password if nobody said. */
  Account account(String actor) {
    return accounts.getOrDefault(actor, new Account(actor, ""));
  }

  boolean hasAccount(String actor) {
    return accounts.containsKey(actor);
  }

  Optional<Path> junit() {
    return Optional.ofNullable(junit);
  }

  Optional<Path> json() {
    return Optional.ofNullable(json);
  }

  Optional<Path> record() {
    return Optional.ofNullable(record);
  }

  String filter() {
    return filter;
  }

  int repeat() {
    return repeat;
  }

  int parallel() {
    return parallel;
  }

  int tlsPort() {
    return tlsPort;
  }

  boolean insecure() {
    return insecure;
  }

  int patience() {
    return patience;
  }

  boolean watch() {
    return watch;
  }

  boolean check() {
    return check;
  }

  boolean messages() {
    return messages;
  }

  boolean help() {
    return help;
  }

  boolean verbs() {
    return verbs;
  }
}
