package org.ringdown.gateway.testkit.load.report;

import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import org.ringdown.gateway.testkit.load.measure.Check;
import org.ringdown.gateway.testkit.load.measure.Metric;
import org.ringdown.gateway.testkit.load.measure.Result;
import org.ringdown.gateway.testkit.load.measure.Step;
import org.ringdown.gateway.testkit.load.measure.Tally;
import org.ringdown.gateway.testkit.load.measure.Tally.Count;
import org.ringdown.gateway.testkit.load.measure.Times;

/** A result for people to read. */
public final class TableReport {
  private final StringBuilder text = new StringBuilder();

  private TableReport() {}

  /** The whole text. */
  public static String of(Result result) {
    TableReport report = new TableReport();
    report.about(result);
    report.times("Before the load", result.entry());
    report.steps(result);
    result.steps().stream()
        .reduce((first, last) -> last)
        .ifPresent(last -> report.times("Times of the load, the last rate", last.tally()));
    report.failures(result);
    report.checks(result);
    return report.text.toString();
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }

  private void about(Result result) {
    line("%s", result.began().truncatedTo(ChronoUnit.SECONDS));
    result.about().forEach((name, value) -> line("%-8s %s", name, value));
  }

  private void times(String title, Tally tally) {
    line(
        "%n%-36s %9s %9s %9s %9s %9s", title + " (ms)", "number", "median", "95 %", "99 %", "most");
    for (Metric metric : Metric.values()) {
      Times times = tally.times(metric);
      if (times.count() > 0) {
        line(
            "%-36s %9d %9.2f %9.2f %9.2f %9.2f",
            metric.meaning(),
            times.count(),
            times.percentileMs(50),
            times.percentileMs(95),
            times.percentileMs(99),
            times.longestMs());
      }
    }
  }

  private void steps(Result result) {
    line(
        "%n%8s %8s %8s %8s %9s %9s %9s %9s %9s %9s",
        "calls/s",
        "begun",
        "failed",
        "success",
        "set-up",
        "99 %",
        "media",
        "CPU/call",
        "CPU",
        "loss");
    for (Step step : result.steps()) {
      Tally tally = step.tally();
      Step.Cost cost = step.cost();
      line(
          "%8.1f %8d %8d %7.2f%% %6.2f ms %6.2f ms %6.1f ms %9s %9s %8.2f%%",
          step.rate(),
          tally.of(Count.STARTED),
          tally.of(Count.FAILED),
          tally.successPercent(),
          tally.times(Metric.SETUP).percentileMs(50),
          tally.times(Metric.SETUP).percentileMs(99),
          tally.times(Metric.MEDIA).percentileMs(50),
          cost == null ? "-" : String.format(Locale.ROOT, "%.2f ms", cost.cpuMsPerCall()),
          cost == null ? "-" : String.format(Locale.ROOT, "%.0f %%", cost.cpuPercent()),
          tally.lossPercent());
      held(cost);
    }
    Double highest = result.highest();
    if (highest != null) {
      line("%nHighest steady rate: %.1f calls a second", highest);
    }
    Double session = result.sessionKiB();
    if (session != null) {
      line("%nMemory of an idle session: %.1f KiB", session);
    }
  }

  private void held(Step.@org.jspecify.annotations.Nullable Cost cost) {
    if (cost != null && cost.heldKiB() > 0) {
      line("  memory of a held call: %.1f KiB", cost.heldKiB());
    }
    if (cost != null && cost.cpuMicrosPerPacket() > 0) {
      line("  CPU of a relayed packet: %.1f us", cost.cpuMicrosPerPacket());
    }
  }

  private void failures(Result result) {
    if (result.steps().stream().anyMatch(step -> !step.tally().failures().isEmpty())) {
      line("");
    }
    for (Step step : result.steps()) {
      for (Map.Entry<String, Long> each : step.tally().failures().entrySet()) {
        line("failed at %.1f/s: %d x %s", step.rate(), each.getValue(), each.getKey());
      }
    }
  }

  private void checks(Result result) {
    line("");
    for (Check check : result.checks()) {
      line(
          "%-7s %s: %s, limit %s",
          check.kept() ? "ok" : "MISSED", check.name(), check.found(), check.limit());
    }
  }
}
