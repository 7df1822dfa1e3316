package org.ringdown.gateway.testkit.load.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ringdown.gateway.testkit.load.measure.Tally;
import tools.jackson.databind.json.JsonMapper;

/** A worker as seen from the process that started it. */
final class WorkerProcess implements AutoCloseable {
  private static final long STOP_SECONDS = 5;
  private static final ImmutableList<String> JAVA_OPTIONS =
      ImmutableList.of("-XX:+UseParallelGC", "-XX:MaxRAMPercentage=20");

  private final Process process;
  private final PrintStream orders;
  private final JsonMapper json = JsonMapper.builder().build();
  private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
  private volatile Tally tally = new Tally();
  private volatile int up;

  private WorkerProcess(Process process) {
    this.process = process;
    this.orders = new PrintStream(process.getOutputStream(), true, UTF_8);
  }

  static WorkerProcess start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(JavaCommand.of(JAVA_OPTIONS, Worker.class))
            .redirectError(Redirect.INHERIT);
    builder.environment().put("RINGDOWN_LOG", "error");
    WorkerProcess worker = new WorkerProcess(builder.start());
    Thread reader = new Thread(worker::read, "worker-reports");
    reader.setDaemon(true);
    reader.start();
    return worker;
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("{")) { // not what libraries print
          take(json.readValue(line, Report.class));
        }
      }
    } catch (IOException e) {
      // gone
    }
    reports.add(new Report(Report.Phase.FAILED, 0, null, "a process of the load has ended"));
  }

  private void take(Report report) {
    up = report.up();
    if (report.counted() != null) {
      tally = Tally.decode(report.counted());
    }
    if (report.phase() != Report.Phase.GOING) {
      reports.add(report);
    }
  }

  void order(Order order) {
    tally = new Tally();
    tell(order);
  }

  void tell(Order order) {
    orders.println(json.writeValueAsString(order));
  }

  /**
   * Waits until it is somewhere.
   *
   * @throws IOException if it cannot get there; the message says why
   */
  void await(Report.Phase phase) throws IOException, InterruptedException {
    Report report = reports.take();
    while (report.phase() != phase) {
      if (report.phase() == Report.Phase.FAILED) {
        throw new IOException(String.valueOf(report.problem()));
      }
      report = reports.take();
    }
  }

  Tally tally() {
    return tally;
  }

  int up() {
    return up;
  }

  @Override
  public void close() {
    orders.close();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
