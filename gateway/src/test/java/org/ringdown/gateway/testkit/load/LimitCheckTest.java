package org.ringdown.gateway.testkit.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.testkit.load.LoadOptions.Limits;
import org.ringdown.gateway.testkit.load.measure.Check;
import org.ringdown.gateway.testkit.load.measure.Metric;
import org.ringdown.gateway.testkit.load.measure.Reading;
import org.ringdown.gateway.testkit.load.measure.Sample;
import org.ringdown.gateway.testkit.load.measure.Tally;
import org.ringdown.gateway.testkit.load.measure.Tally.Count;

class LimitCheckTest {
  private static final Limits NONE =
      new Limits(
          99.5,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private final Tally tally = new Tally();

  private static Limits growth(double percent) {
    return new Limits(
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(percent));
  }

  /** A gateway whose memory grows by so much each second. */
  private static List<Sample> samples(int seconds, int memoryGrowsKiB, int threads) {
    return IntStream.range(0, seconds)
        .mapToObj(
            second ->
                new Sample(
                    second,
                    1,
                    1,
                    0,
                    0,
                    50.0,
                    10,
                    new Reading(
                        second, 0, 100_000 + (long) second * memoryGrowsKiB, threads, 50, 20)))
        .toList();
  }

  private static Check named(List<Check> checks, String name) {
    return checks.stream().filter(check -> check.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void theSuccessRateIsAlwaysLookedAt() {
    for (int i = 0; i < 99; i++) {
      tally.count(Count.SUCCEEDED);
    }
    tally.failed("busy");

    assertThat(LimitCheck.of(NONE, tally, ImmutableList.of()))
        .containsExactly(new Check("success", "99.50 %", "99.00 %", false));
  }

  @Test
  void theSlowestOfAHundredSetUpsCounts() {
    tally.took(Metric.SETUP, Duration.ofMillis(40).toNanos());
    Limits limits =
        new Limits(
            99.5,
            Optional.of(Duration.ofMillis(30)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    assertThat(named(LimitCheck.of(limits, tally, List.of()), "set-up, 99th percentile").kept())
        .isFalse();
  }

  @Test
  void theMostThatWasUsedAtAnyTimeCounts() {
    Limits limits =
        new Limits(
            99.5,
            Optional.empty(),
            Optional.of(150L << 10),
            Optional.of(80),
            Optional.of(20),
            Optional.of(49),
            Optional.empty());

    List<Check> checks = LimitCheck.of(limits, tally, samples(100, 600, 80));

    assertThat(named(checks, "memory (MiB)"))
        .isEqualTo(new Check("memory (MiB)", "150", "155", false));
    assertThat(named(checks, "threads").kept()).isTrue();
    assertThat(named(checks, "ports").kept()).isTrue();
    assertThat(named(checks, "files").kept()).isFalse();
  }

  @Test
  void whatCannotBeMeasuredIsNotKept() {
    Limits limits =
        new Limits(
            99.5,
            Optional.empty(),
            Optional.of(1L << 20),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    assertThat(named(LimitCheck.of(limits, tally, List.of()), "memory (MiB)"))
        .isEqualTo(new Check("memory (MiB)", "1024", "not measured", false));
  }

  @Test
  void memoryThatGrowsAllTheTimeIsFoundInASoak() {
    assertThat(named(LimitCheck.of(growth(20), tally, samples(200, 300, 50)), "growth of memory"))
        .matches(check -> !check.kept());
    assertThat(named(LimitCheck.of(growth(20), tally, samples(200, 30, 50)), "growth of memory"))
        .matches(Check::kept);
  }

  @Test
  void threadsThatStayAreNoGrowth() {
    assertThat(named(LimitCheck.of(growth(0), tally, samples(200, 0, 50)), "growth of threads"))
        .matches(Check::kept);
  }
}
