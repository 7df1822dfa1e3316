package org.ringdown.gateway.testkit.stage;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.script.Phrase;

/**
 * What the actors of one run share. Safe from any thread.
 *
 * @param network where they are, unless they move
 * @param limit how long an expectation waits that names no time
 * @param patience what limits are multiplied by on a slow machine
 */
public record Stage(
    Trace trace,
    Network network,
    Duration limit,
    int patience,
    Recordings recordings,
    ScheduledExecutorService timer)
    implements AutoCloseable {
  private static final Duration REPLIES = Duration.ofSeconds(5);

  /**
   * An empty stage.
   *
   * @param recordTo a directory for recordings of all calls; null if only those are recorded that
   *     the script wants
   */
  public static Stage open(
      Trace trace, InetAddress local, Duration limit, int patience, @Nullable Path recordTo)
      throws IOException {
    ScheduledExecutorService timer =
        Executors.newScheduledThreadPool(
            2,
            task -> {
              Thread thread = new Thread(task, "call-test-timer");
              thread.setDaemon(true);
              return thread;
            });
    return new Stage(
        trace,
        Network.at(local),
        limit.multipliedBy(patience),
        patience,
        new Recordings(trace, recordTo),
        timer);
  }

  /** How long a sentence says that something may take. */
  public Duration within(Phrase phrase) {
    return phrase
        .find("within")
        .map(Phrase::duration)
        .map(t -> t.multipliedBy(patience))
        .orElse(limit);
  }

  /**
   * How long the reply to a request of an actor may take, which is no expectation of the script:
   * the limit of those, but not less than is usual.
   */
  public Duration replies() {
    Duration usual = REPLIES.multipliedBy(patience);
    return limit.compareTo(usual) > 0 ? limit : usual;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    network.close();
    recordings.end();
  }
}
