package org.ringdown.gateway.testkit.load;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import org.ringdown.gateway.command.UsageException;
import org.ringdown.gateway.testkit.load.measure.Result;
import org.ringdown.gateway.testkit.load.report.HtmlReport;
import org.ringdown.gateway.testkit.load.report.JsonReport;
import org.ringdown.gateway.testkit.load.report.TableReport;

/**
 * The command {@code load}. Exit status 0 if all limits were kept, 1 if one was missed, 2 for a
 * mistake in the command line or a gateway that cannot be started or reached.
 */
public final class LoadTest {
  private static final int MISSED = 1;
  private static final int MISTAKE = 2;
  private static final String HELP =
      """
      Usage: load [OPTION]...
      Loads a gateway with calls between SIP phones and WebRTC pages, and says what became of them.
      Times have a unit (500ms, 30s, 5m, 1h), sizes too (600MiB).

      The gateway; without any of these one is started here, on free ports of this machine
        --gateway HOST[:PORT]     one that runs already, its SIP port 5060 unless given
        --web URL                 the WebSocket of its pages (ws://HOST:8080/ws)
        --insecure                take any certificate of a wss: URL
        --page-users PREFIX:PASSWORD
                                  the users of pages there: PREFIX0, PREFIX1 ...
        --phone-users PREFIX:PASSWORD
                                  the users of phones there
        --janus URL               the WebSocket of a Janus with its SIP plugin instead
        --rtpengine HOST:PORT     the control port of an rtpengine instead: calls are media alone, and
                                  --concurrent says how many
        --pid N                   the gateway's process on this machine, to measure
        --from ADDRESS            the local address that pages send media from
        --java-opts "OPTION..."   for the Java machine of the gateway that is started here

      The load
        --rate N                  calls begun each second (5); 0: none
        --duration TIME           for how long (10s)
        --hold TIME               how long a call stays up (2s)
        --concurrent N            no more than N calls at once; they stay up to the end unless --hold
                                  says otherwise
        --direction WAY           both (in turn), phone-to-page or page-to-phone
        --media HOW               sound (ICE, DTLS, SRTP, 50 packets a second both ways), setup (until
                                  each side has heard the other) or none (signalling alone)
        --registrations N         registrations of phones each second (0)
        --sessions N              sign in N pages, of which few have calls, and see what one occupies
        --sign-ins N              sign-ins of pages each second (as fast as they go)
        --pages N, --phones N     how many of them (50, 20)
        --workers N               how many processes make the load (1); each has its share of all of this
        --patience TIME           how long a call may take to be set up, or to end (5s)
        --warm-up TIME            make the same load for so long before it counts (0s)
        --warm-up-rate N          at another rate
        --find-rate               look for the highest steady rate, from --rate upwards
        --step TIME               how long each rate is tried then (10s)
        --max-rate N              and where to stop
        --soak TIME               as --duration, and what the gateway uses may not grow

      Limits
        --min-success PERCENT     of all that was begun (99.5)
        --max-setup TIME          what the gateway adds to the set-up of calls, 99th percentile
        --max-memory SIZE, --max-threads N, --max-ports N, --max-files N
                                  what the gateway's process uses at any time
        --max-growth PERCENT      of each of these during the run (20 with --soak)

      Results
        --json FILE               all figures as JSON
        --html FILE               a page with plots
        --quiet                   no progress
        --help                    say this

      Ctrl-C ends it early; what was measured until then is printed and written.
      Exit status: 0 all limits were kept, 1 one was not, 2 a mistake here, or no such gateway.
      What the figures mean: gateway/docs/load.md
      """;

  private final PrintStream out;
  private final PrintStream err;

  private LoadTest(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs the command. */
  public static void main(String[] args) {
    int status = MISSED;
    try {
      status = run(System.out, System.err, args);
    } catch (RuntimeException | Error e) {
      e.printStackTrace();
    } finally {
      System.exit(status); // threads of the network would keep the Java machine alive
    }
  }

  /** The same without ending the Java machine; returns the exit status. For tests. */
  public static int run(PrintStream out, PrintStream err, String... args) {
    return new LoadTest(out, err).run(args);
  }

  private int run(String... args) {
    try {
      Optional<LoadOptions> options = LoadOptions.parse(args);
      if (options.isEmpty()) {
        out.print(HELP);
        return 0;
      }
      return measure(options.get());
    } catch (UsageException e) {
      err.println(e.getMessage());
      err.println("See load --help.");
      return MISTAKE;
    } catch (IOException e) {
      err.println(e.getMessage());
      return MISTAKE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return MISSED;
    }
  }

  private int measure(LoadOptions options) throws IOException, InterruptedException {
    LoadOptions.Output output = options.output();
    Session session = new Session(options, output.quiet() ? line -> {} : err::println);
    try (EarlyEnd unused = EarlyEnd.of(session)) {
      Result result = session.run();
      out.print(TableReport.of(result));
      if (output.json().isPresent()) {
        JsonReport.write(output.json().get(), result);
      }
      if (output.html().isPresent()) {
        HtmlReport.write(output.html().get(), result);
      }
      return result.passed() ? 0 : MISSED;
    }
  }
}
