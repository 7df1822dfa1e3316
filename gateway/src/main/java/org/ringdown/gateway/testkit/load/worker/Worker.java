package org.ringdown.gateway.testkit.load.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.load.measure.Tally;
import org.ringdown.gateway.testkit.load.traffic.Traffic;
import tools.jackson.databind.json.JsonMapper;

/** The program of one worker: does what it is told on standard input until that ends. */
public final class Worker {
  private static final long REPORT_MS = 500;

  private final JsonMapper json = JsonMapper.builder().build();
  private final BufferedReader orders;
  private final PrintStream out;
  private @Nullable Traffic traffic;
  private volatile boolean leaving;

  private Worker(BufferedReader orders, PrintStream out) {
    this.orders = orders;
    this.out = out;
  }

  /** Runs. */
  public static void main(String[] args) throws InterruptedException {
    try {
      new Worker(new BufferedReader(new InputStreamReader(System.in, UTF_8)), System.out).work();
    } catch (IOException e) {
      // Whoever started us is gone.
    }
    System.exit(0);
  }

  private void work() throws IOException, InterruptedException {
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      try {
        obey(json.readValue(line, Order.class));
      } catch (IOException | RuntimeException e) {
        say(new Report(Report.Phase.FAILED, 0, null, String.valueOf(e.getMessage())));
      }
    }
  }

  private void obey(Order order) throws IOException, InterruptedException {
    Order.Open open = order.open();
    Order.Enter enter = order.enter();
    Order.Run run = order.run();
    if (open != null) {
      traffic = Traffic.open(open.target(), open.media(), Duration.ofMillis(open.patienceMs()));
      done(new Tally());
    } else if (enter != null) {
      done(traffic().enter(enter.pages(), enter.signInsPerSecond()));
    } else if (run != null) {
      run(run);
    }
  }

  private Traffic traffic() {
    Traffic opened = traffic;
    if (opened == null) {
      throw new IllegalStateException("not opened");
    }
    return opened;
  }

  private void run(Order.Run run) throws InterruptedException {
    leaving = false;
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    Future<?> unused =
        timer.scheduleAtFixedRate(this::look, REPORT_MS, REPORT_MS, TimeUnit.MILLISECONDS);
    try {
      Tally tally = traffic().run(run.load(), this::awaitLeave);
      timer.shutdown();
      done(tally);
    } finally {
      timer.shutdownNow();
    }
  }

  /** Says how far it is; a word from outside while the load goes on means that it is to end. */
  private void look() {
    report(Report.Phase.GOING, traffic().tally());
    try {
      if (!leaving && orders.ready()) {
        orders.readLine();
        traffic().stop();
      }
    } catch (IOException e) {
      traffic().stop();
    }
  }

  /** Says that the time is over, and waits until it may go on. */
  private void awaitLeave() {
    leaving = true;
    report(Report.Phase.ENDING, traffic().tally());
    try {
      orders.readLine();
    } catch (IOException e) {
      System.exit(0);
    }
  }

  private void done(Tally tally) {
    report(Report.Phase.DONE, tally);
  }

  private void report(Report.Phase phase, Tally tally) {
    Traffic opened = traffic;
    say(new Report(phase, opened == null ? 0 : opened.up(), tally.encoded(), null));
  }

  private synchronized void say(Report report) {
    out.println(json.writeValueAsString(report));
    out.flush();
  }
}
