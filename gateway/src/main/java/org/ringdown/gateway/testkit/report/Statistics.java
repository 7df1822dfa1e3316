package org.ringdown.gateway.testkit.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.LinkedListMultimap;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Multimaps;
import com.google.common.math.Quantiles;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.run.Outcome;
import org.ringdown.gateway.testkit.run.StepResult;
import org.ringdown.gateway.testkit.script.Place;

/**
 * How one step went in all repetitions of a run.
 *
 * @param run the script's name and its row
 * @param step its text in the first of them
 * @param count how often it was done
 * @param failed how often it failed
 * @param times how long it took where it did not fail; null if it always did
 */
record Statistics(
    String run, Place place, String step, int count, int failed, @Nullable Spread times) {
  private static final double NANOS_PER_MS = 1e6;

  /** Milliseconds. */
  record Spread(double min, double median, double p95, double max) {
    private static Spread of(List<Double> millis) {
      Map<Integer, Double> found = Quantiles.percentiles().indexes(0, 50, 95, 100).compute(millis);
      return new Spread(at(found, 0), at(found, 50), at(found, 95), at(found, 100));
    }

    private static double at(Map<Integer, Double> found, int percent) {
      return Objects.requireNonNull(found.get(percent));
    }
  }

  /** Which step of which run; the same line is done more than once in a loop. */
  private record Key(String run, Place place, int nth) {}

  /** Those of all steps in the order of the runs; none if nothing was repeated. */
  static ImmutableList<Statistics> of(List<Outcome> outcomes) {
    if (outcomes.stream().map(Outcome::title).distinct().count() == outcomes.size()) {
      return ImmutableList.of();
    }
    ImmutableListMultimap<String, Outcome> runs = Multimaps.index(outcomes, Outcome::title);
    return runs.asMap().values().stream()
        .flatMap(repetitions -> ofOne(repetitions).stream())
        .collect(ImmutableList.toImmutableList());
  }

  private static List<Statistics> ofOne(Collection<Outcome> repetitions) {
    ListMultimap<Key, StepResult> steps = LinkedListMultimap.create();
    for (Outcome outcome : repetitions) {
      Map<Place, Integer> done = new HashMap<>();
      for (StepResult step : outcome.steps()) {
        int nth = done.merge(step.place(), 1, Integer::sum);
        if (!step.interrupted()) {
          steps.put(new Key(outcome.title(), step.place(), nth), step);
        }
      }
    }
    return steps.asMap().entrySet().stream()
        .map(entry -> of(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Statistics of(Key key, Collection<StepResult> results) {
    List<Double> passed =
        results.stream()
            .filter(result -> result.failure() == null)
            .map(result -> result.lastedNanos() / NANOS_PER_MS)
            .toList();
    return new Statistics(
        key.run(),
        key.place(),
        results.iterator().next().text(),
        results.size(),
        results.size() - passed.size(),
        passed.isEmpty() ? null : Spread.of(passed));
  }

  /** What stands above {@link #row}. */
  static String header() {
    return "    line    failed       min    median       p95       max  step";
  }

  /** A line of a table. */
  String row() {
    String figures =
        times == null
            ? "        -         -         -         -"
            : String.format(
                Locale.ROOT,
                "%9.1f %9.1f %9.1f %9.1f",
                times.min(),
                times.median(),
                times.p95(),
                times.max());
    return String.format(
        Locale.ROOT, "%8d %9s %s  %s", place.line(), failed + "/" + count, figures, step);
  }

  /** The figures in words. */
  String inWords() {
    String figures =
        times == null
            ? ""
            : String.format(
                Locale.ROOT,
                "min %.1f ms, median %.1f ms, p95 %.1f ms, max %.1f ms, ",
                times.min(),
                times.median(),
                times.p95(),
                times.max());
    return figures + failed + " of " + count + " failed";
  }
}
