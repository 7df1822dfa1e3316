package org.ringdown.gateway.testkit.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.ringdown.gateway.testkit.load.measure.Step;
import org.ringdown.gateway.testkit.load.measure.Tally;
import org.ringdown.gateway.testkit.load.measure.Tally.Count;
import org.ringdown.gateway.testkit.load.traffic.Load;

/**
 * Looks for the highest steady rate: upwards in big steps while all goes well, then halving the
 * distance between the last rate that went well and the first that did not. A rate that fails is
 * tried once more, because a machine may have been busy with something else.
 */
final class RateSearch {
  private static final double STRIDE = 1.5;
  private static final double PRECISION = 1.08;
  private static final double KEEPING_UP = 0.97;

  private final double highest;
  private final double successPercent;
  private final Duration rest;
  private final Consumer<String> progress;
  private final BooleanSupplier ended;
  private Tally best = new Tally();

  /**
   * Searches nothing yet.
   *
   * @param rest how long to leave the gateway alone after a rate that it could not hold
   * @param ended whether to stop searching
   */
  RateSearch(
      double highest,
      double successPercent,
      Duration rest,
      Consumer<String> progress,
      BooleanSupplier ended) {
    this.highest = highest;
    this.successPercent = successPercent;
    this.rest = rest;
    this.progress = progress;
    this.ended = ended;
  }

  /** Makes one load and tells what came of it. */
  @FunctionalInterface
  interface Trial {
    Step run(Load load) throws IOException, InterruptedException;
  }

  /**
   * Finds it.
   *
   * @param from the lowest rate to try, and for how long
   * @param steps takes each rate that was tried
   * @return calls a second; 0 if even the lowest rate does not go well
   */
  double run(Load from, Trial trial, List<Step> steps) throws IOException, InterruptedException {
    double good = 0;
    double bad = Double.MAX_VALUE;
    double rate = from.callsPerSecond();
    while (!ended.getAsBoolean()
        && (good == 0 ? bad == Double.MAX_VALUE : bad / good > PRECISION && good < highest)) {
      if (isSteady(from.at(rate), trial, steps)) {
        good = rate;
      } else {
        bad = rate;
      }
      rate = bad == Double.MAX_VALUE ? Math.min(highest, good * STRIDE) : (good + bad) / 2;
    }
    return good;
  }

  private boolean isSteady(Load load, Trial trial, List<Step> steps)
      throws IOException, InterruptedException {
    for (int attempt = 0; attempt < 2 && !ended.getAsBoolean(); attempt++) {
      progress.accept(
          String.format(Locale.ROOT, "trying %.1f calls a second", load.callsPerSecond()));
      Step step = trial.run(load);
      steps.add(step);
      if (wentWell(load, step)) {
        best = step.tally();
        return true;
      }
      Thread.sleep(rest.toMillis());
    }
    return false;
  }

  private boolean wentWell(Load load, Step step) {
    double wanted = load.callsPerSecond() * load.lasts().toMillis() / 1000;
    Tally tally = step.tally();
    if (tally.of(Count.STARTED) < KEEPING_UP * wanted) {
      progress.accept("the load generator itself does not keep up (--workers)");
      return false;
    }
    return tally.successPercent() >= successPercent;
  }

  /** What became of the calls at the highest rate that went well. */
  Tally best() {
    return best;
  }
}
