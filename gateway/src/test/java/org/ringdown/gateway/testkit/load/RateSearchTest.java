package org.ringdown.gateway.testkit.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.testkit.load.measure.Step;
import org.ringdown.gateway.testkit.load.measure.Tally;
import org.ringdown.gateway.testkit.load.measure.Tally.Count;
import org.ringdown.gateway.testkit.load.traffic.Direction;
import org.ringdown.gateway.testkit.load.traffic.Load;

class RateSearchTest {
  private static final Duration NONE = Duration.ZERO;

  private final List<Step> steps = new ArrayList<>();
  private final List<String> said = new ArrayList<>();

  private double search(double from, double highest, RateSearch.Trial trial) throws Exception {
    Load load =
        new Load(from, Duration.ofSeconds(1), NONE, 0, ImmutableList.copyOf(Direction.values()), 0);
    return new RateSearch(highest, 99.5, NONE, said::add, () -> false).run(load, trial, steps);
  }

  /** A gateway that fails every tenth call beyond a rate. */
  private static RateSearch.Trial gatewayOf(double most) {
    return load -> {
      Tally tally = new Tally();
      for (int i = 0; i < load.callsPerSecond() + 1; i++) {
        tally.count(Count.STARTED);
        if (load.callsPerSecond() > most && i % 10 == 0) {
          tally.failed("overloaded");
        } else {
          tally.count(Count.SUCCEEDED);
        }
      }
      return new Step(load.callsPerSecond(), 1, tally, null);
    };
  }

  @Test
  void itEndsJustBelowTheRateThatTheGatewayCannotHold() throws Exception {
    double found = search(10, 10_000, gatewayOf(333));

    assertThat(found).isBetween(333 / 1.08, 333.0);
    assertThat(steps).hasSizeLessThan(25);
  }

  @Test
  void itStopsAtTheHighestThatWasAllowed() throws Exception {
    assertThat(search(10, 100, gatewayOf(5_000))).isCloseTo(100, within(1e-9));
  }

  @Test
  void aGatewayThatCannotHoldTheLowestRateHasNone() throws Exception {
    assertThat(search(50, 100, gatewayOf(1))).isZero();
    assertThat(steps).as("tried twice").hasSize(2);
  }

  @Test
  void oneBadMomentIsNotTheEnd() throws Exception {
    boolean[] busy = {true};
    RateSearch.Trial trial =
        load -> {
          boolean now = busy[0];
          busy[0] = false;
          return gatewayOf(now ? 1 : 100).run(load);
        };

    assertThat(search(20, 40, trial)).isCloseTo(40, within(1e-9));
  }

  @Test
  void aLoadGeneratorThatFallsBehindIsNotTakenForAGoodGateway() throws Exception {
    RateSearch.Trial lazy =
        load -> {
          Tally tally = new Tally();
          tally.count(Count.STARTED);
          tally.count(Count.SUCCEEDED);
          return new Step(load.callsPerSecond(), 1, tally, null);
        };

    assertThat(search(50, 100, lazy)).isZero();
    assertThat(said).anyMatch(line -> line.contains("load generator itself"));
  }
}
