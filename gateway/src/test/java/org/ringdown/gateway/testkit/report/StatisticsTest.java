package org.ringdown.gateway.testkit.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringdown.gateway.testkit.run.Improvisation;
import org.ringdown.gateway.testkit.run.Outcome;
import org.ringdown.gateway.testkit.run.StepResult;
import org.ringdown.gateway.testkit.script.Place;

/** What repetitions have in common. */
class StatisticsTest {
  private static final Place CALLS = new Place("call.yaml", 6);
  private static final Place HEARS = new Place("call.yaml", 7);

  @TempDir private Path directory = Path.of("");

  private static StepResult step(Place place, int millis, @Nullable String failure) {
    return new StepResult(place, "line " + place.line(), 0, millis * 1_000_000L, failure);
  }

  private static Outcome outcome(String title, StepResult... steps) {
    return new Outcome(
        Improvisation.script(CALLS, title, Map.of()),
        title,
        Duration.ofSeconds(1),
        null,
        ImmutableList.copyOf(steps),
        ImmutableList.of());
  }

  private static final List<Outcome> OUTCOMES =
      Stream.concat(
              IntStream.rangeClosed(1, 100)
                  .mapToObj(
                      i ->
                          outcome(
                              "a call",
                              step(CALLS, i, null),
                              step(HEARS, 5, i <= 3 ? "no tone" : null),
                              step(HEARS, 7000, "no tone"))),
              Stream.of(outcome("a call", step(CALLS, 1, "interrupted"))))
          .toList();

  @Test
  void eachStepHasItsSpread() {
    List<Statistics> all = Statistics.of(OUTCOMES);

    assertThat(all).extracting(Statistics::place).containsExactly(CALLS, HEARS, HEARS);
    assertThat(all).extracting(Statistics::count).containsExactly(100, 100, 100);
    assertThat(all).extracting(Statistics::failed).containsExactly(0, 3, 100);
    assertThat(all.get(0).times()).isEqualTo(new Statistics.Spread(1, 50.5, 95.05, 100));
    assertThat(all.get(0).row())
        .isEqualTo("       6     0/100       1.0      50.5      95.1     100.0  line 6");
    assertThat(all.get(1).inWords())
        .isEqualTo("min 5.0 ms, median 5.0 ms, p95 5.0 ms, max 5.0 ms, 3 of 100 failed");
    assertThat(all.get(2).times()).isNull();
    assertThat(all.get(2).inWords()).isEqualTo("100 of 100 failed");
  }

  @Test
  void whatIsPlayedOnceHasNone() {
    assertThat(Statistics.of(List.of(outcome("one"), outcome("another")))).isEmpty();
  }

  @Test
  void theyAreInEveryReport() throws IOException {
    Path junit = directory.resolve("junit.xml");
    Path json = directory.resolve("result.json");
    JunitReport.write(junit, OUTCOMES);
    JsonReport.write(json, OUTCOMES);
    StringBuilder console = new StringBuilder();
    new ConsoleReport(line -> console.append(line).append('\n'), 80, false).summary(OUTCOMES, 2);

    assertThat(Files.readString(junit))
        .contains("tests=\"101\" failures=\"0\" errors=\"0\" skipped=\"0\"")
        .contains("<property name=\"a call, call.yaml:6: line 6\" value=\"min 1.0 ms, median 50.5");
    assertThat(Files.readString(json)).contains("\"median\" : 50.5");
    assertThat(console)
        .contains(
            "Times in ms of a call", Statistics.header(), "101 passed, 0 failed, 2 not played");
  }
}
