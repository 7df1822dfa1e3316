package org.ringdown.gateway.testkit;

import com.google.common.base.Strings;
import com.google.common.primitives.Ints;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ringdown.gateway.command.UsageException;
import org.ringdown.gateway.testkit.reader.ScriptException;
import org.ringdown.gateway.testkit.reader.ScriptReader;
import org.ringdown.gateway.testkit.report.ConsoleReport;
import org.ringdown.gateway.testkit.report.JsonReport;
import org.ringdown.gateway.testkit.report.JunitReport;
import org.ringdown.gateway.testkit.report.Ladder;
import org.ringdown.gateway.testkit.run.Outcome;
import org.ringdown.gateway.testkit.script.Script;
import org.ringdown.gateway.testkit.script.Verb;
import org.ringdown.gateway.testkit.stage.StepFailure;

/**
 * The command {@code call-test}: plays call scripts. Exit status 0 if all went well, 1 if a run
 * failed, 2 for a mistake in a script or in the command line, 130 if somebody ended it.
 */
public final class CallTest {
  private static final int FAILED = 1;
  private static final int MISTAKE = 2;
  private static final long WATCH_MS = 300;
  private static final String HELP =
      """
      Usage: call-test [OPTION]... FILE|DIRECTORY...
      Plays call scripts: SIP phones and WebRTC pages against a gateway.

        --gateway HOST[:PORT]  a gateway that runs already, its SIP port 5060 unless given;
                               without it one is started here, on free ports of this machine
        --tls-port PORT        where its SIP over TLS is (5061)
        --web URL              the WebSocket of its pages (ws://HOST:8080/ws)
        --insecure             take any certificate of a wss: URL
        --user ACTOR=USER:PASSWORD
                               whom an actor signs in as there; ACTOR=PASSWORD for its own name
        --set NAME=VALUE       a variable; goes before the script's own
        --filter TEXT          only runs that have this in their name or file
        --repeat N             play everything N times; then the times of each step
        --parallel N           N runs at a time
        --patience N           time limits are N times as long, for a slow machine
        --watch                play again whenever a file changes, also one that is included
        --check                only look for mistakes
        --messages             show whole messages of runs that failed
        --record DIRECTORY     record what actors hear (left) and send (right) in each of their
                               calls, as WAV files in a folder for each run
        --junit FILE           write JUnit XML
        --json FILE            write JSON
        --verbs                say what actors can do
        --help                 say this

      Ctrl-C ends it early: actors hang up, and what was played is reported.
      Exit status: 0 all passed, 1 something failed, 2 a mistake in a script or here,
      130 ended by Ctrl-C.
      How scripts are written: gateway/docs/call-scripts.md
      """;

  private final PrintStream out;
  private final PrintStream err;
  private final int columns;

  /** The files that scripts consist of, each as it was when it was read. */
  private final Map<Path, Version> read = new HashMap<>();

  private CallTest(PrintStream out, PrintStream err, int columns) {
    this.out = out;
    this.err = err;
    this.columns = columns;
  }

  /** Runs the command. */
  public static void main(String[] args) {
    int status = FAILED;
    try (Interruption interruption = Interruption.ofThisThread()) {
      status = new CallTest(System.out, System.err, columns()).run(args);
    } catch (RuntimeException | Error e) {
      e.printStackTrace();
    } finally {
      System.exit(status); // a gateway's threads would keep the Java machine alive
    }
  }

  /** The width of the terminal, which the script finds out; what fits everywhere without one. */
  private static int columns() {
    Integer known = Ints.tryParse(Strings.nullToEmpty(System.getenv("COLUMNS")));
    return known == null ? Ladder.USUAL_WIDTH : Math.max(Ladder.USUAL_WIDTH, known);
  }

  /** The same without ending the Java machine; returns the exit status. For tests. */
  public static int run(PrintStream out, PrintStream err, String... args) {
    return new CallTest(out, err, Ladder.USUAL_WIDTH).run(args);
  }

  private int run(String... args) {
    try {
      CommandLine command = CommandLine.parse(args);
      if (command.help()) {
        out.print(HELP);
        return 0;
      }
      if (command.verbs()) {
        verbs();
        return 0;
      }
      return command.watch() ? watch(command) : once(command);
    } catch (UsageException e) {
      err.println(e.getMessage());
      err.println("See call-test --help.");
      return MISTAKE;
    } catch (InterruptedException e) {
      return Interruption.STATUS;
    }
  }

  private void verbs() {
    for (Verb verb : Verb.values()) {
      String who = verb.who().name().toLowerCase(Locale.ROOT);
      out.println(
          String.format(Locale.ROOT, "%-6s %-52s %s", who, verb.sentence(), verb.meaning()));
    }
  }

  private int once(CommandLine command) throws InterruptedException {
    List<Script> scripts = read(command);
    if (scripts.isEmpty()) {
      return MISTAKE;
    }
    if (command.check()) {
      out.println("The scripts are in order.");
      return 0;
    }
    try {
      Rounds.Result result = new Rounds(command, out::println, columns).play(scripts);
      List<Outcome> outcomes = result.outcomes();
      new ConsoleReport(out::println, columns, false).summary(outcomes, result.notPlayed());
      write(command, outcomes);
      if (result.interrupted()) {
        throw new InterruptedException();
      }
      if (outcomes.isEmpty()) {
        err.println("No run has \"" + command.filter() + "\" in its name.");
        return MISTAKE;
      }
      return outcomes.stream().allMatch(Outcome::passed) ? 0 : FAILED;
    } catch (StepFailure e) {
      err.println(e.text());
      return MISTAKE;
    } catch (IOException e) {
      err.println("The report cannot be written: " + e.getMessage());
      return MISTAKE;
    }
  }

  /** All scripts; none if there is a mistake in any. */
  private List<Script> read(CommandLine command) {
    List<Script> scripts = new ArrayList<>();
    List<String> mistakes = new ArrayList<>();
    for (Path file : command.files()) {
      try {
        scripts.add(
            ScriptReader.read(file, command.variables(), each -> read.put(each, Version.of(each))));
      } catch (ScriptException e) {
        mistakes.addAll(e.mistakes());
      }
    }
    if (!mistakes.isEmpty()) {
      err.println("There are mistakes; nothing was played.");
      mistakes.forEach(mistake -> err.println("  " + mistake));
      return List.of();
    }
    return scripts;
  }

  private static void write(CommandLine command, List<Outcome> outcomes) throws IOException {
    if (command.junit().isPresent()) {
      JunitReport.write(command.junit().get(), outcomes);
    }
    if (command.json().isPresent()) {
      JsonReport.write(command.json().get(), outcomes);
    }
  }

  private int watch(CommandLine command) throws InterruptedException {
    while (true) {
      read.clear();
      once(command);
      out.println("Waiting for a file to change; Ctrl-C ends.");
      while (read.entrySet().stream().allMatch(e -> Version.of(e.getKey()).equals(e.getValue()))) {
        Thread.sleep(WATCH_MS);
      }
    }
  }

  /** What tells one version of a file from the next. */
  private record Version(FileTime written, long size) {
    static Version of(Path file) {
      try {
        return new Version(Files.getLastModifiedTime(file), Files.size(file));
      } catch (IOException e) {
        return new Version(FileTime.fromMillis(0), 0); // between two versions, perhaps
      }
    }
  }
}
