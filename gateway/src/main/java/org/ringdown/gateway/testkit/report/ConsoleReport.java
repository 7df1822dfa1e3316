package org.ringdown.gateway.testkit.report;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.ringdown.gateway.testkit.run.Outcome;
import org.ringdown.gateway.testkit.run.StepResult;
import org.ringdown.gateway.testkit.stage.Happening;

/** Runs as lines for a person. Not thread-safe. */
public final class ConsoleReport {
  private final Consumer<String> out;
  private final int width;
  private final boolean messages;

  /**
   * Writes somewhere.
   *
   * @param width how many columns ladders have
   * @param messages whether to show whole messages of a run that failed
   */
  public ConsoleReport(Consumer<String> out, int width, boolean messages) {
    this.out = out;
    this.width = width;
    this.messages = messages;
  }

  /** A run begins. */
  public void begins(String title, String file) {
    out.accept("");
    out.accept(title + "   [" + file + "]");
  }

  /** A step is over. */
  public void step(StepResult step) {
    boolean failed = step.failure() != null;
    out.accept(
        String.format(
            Locale.ROOT,
            "%s %8.3f s  %4d  %s%s",
            failed ? "FAIL" : "  ok",
            step.nanos() / 1e9,
            step.place().line(),
            step.text(),
            step.lastedNanos() < 5_000_000
                ? ""
                : String.format(Locale.ROOT, "   (%d ms)", step.lastedNanos() / 1_000_000)));
    if (failed) {
      out.accept("                      " + step.failure());
    }
  }

  /** A run is over. */
  public void ends(Outcome outcome) {
    String seconds = String.format(Locale.ROOT, "%.2f s", outcome.lasted().toMillis() / 1000.0);
    if (outcome.passed()) {
      out.accept("PASSED in " + seconds);
      return;
    }
    out.accept("FAILED in " + seconds);
    out.accept("  " + outcome.failure());
    String rule = "-".repeat(width - 2);
    out.accept(rule);
    Ladder.of(outcome, width).forEach(out);
    out.accept(rule);
    if (messages) {
      outcome.happenings().stream().filter(h -> !h.detail().isEmpty()).forEach(this::message);
    }
  }

  private void message(Happening happening) {
    out.accept(
        String.format(
            Locale.ROOT,
            "%7.3f %s %s %s",
            happening.seconds(),
            happening.actor(),
            happening.kind(),
            happening.label()));
    happening.detail().lines().forEach(line -> out.accept("        " + line));
  }

  /** All runs are over, or those that were played before somebody ended them. */
  public void summary(List<Outcome> outcomes, int notPlayed) {
    statistics(Statistics.of(outcomes));
    List<Outcome> failed = outcomes.stream().filter(outcome -> !outcome.passed()).toList();
    out.accept("");
    failed.forEach(outcome -> out.accept("FAILED  " + outcome.title() + ": " + outcome.failure()));
    String rest = notPlayed == 0 ? "" : ", " + notPlayed + " not played";
    out.accept(outcomes.size() - failed.size() + " passed, " + failed.size() + " failed" + rest);
  }

  private void statistics(List<Statistics> all) {
    String run = "";
    for (Statistics step : all) {
      if (!step.run().equals(run)) {
        run = step.run();
        out.accept("");
        out.accept("Times in ms of " + run);
        out.accept(Statistics.header());
      }
      out.accept(step.row());
    }
  }
}
