package org.ringdown.gateway.testkit.load.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.testkit.load.measure.Tally.Count;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class TallyTest {
  private static final long MS = 1_000_000;

  private final Tally tally = new Tally();

  @Test
  void percentilesAreThoseOfTheSamples() {
    for (int ms = 1; ms <= 1000; ms++) {
      tally.took(Metric.SETUP, ms * MS);
    }

    Times times = tally.times(Metric.SETUP);
    assertThat(times.count()).isEqualTo(1000);
    assertThat(times.percentileMs(50)).isCloseTo(500, within(1.0));
    assertThat(times.percentileMs(99)).isCloseTo(990, within(1.0));
    assertThat(times.longestMs()).isCloseTo(1000, within(1.0));
    assertThat(tally.times(Metric.MEDIA).count()).isZero();
  }

  @Test
  void aTimeOfLessThanNothingCountsAsNothing() {
    tally.took(Metric.RELAY, -5);

    assertThat(tally.times(Metric.RELAY).longestMs()).isZero();
  }

  @Test
  void successIsTheShareOfWhatHasFinished() {
    assertThat(tally.successPercent()).isEqualTo(100);

    for (int i = 0; i < 199; i++) {
      tally.count(Count.SUCCEEDED);
    }
    tally.failed("no answer");

    assertThat(tally.successPercent()).isCloseTo(99.5, within(1e-9));
    assertThat(tally.failures()).containsExactly(Map.entry("no answer", 1L));
  }

  @Test
  void lossIsTheShareOfPacketsThatDidNotArrive() {
    assertThat(tally.lossPercent()).isZero();

    for (int i = 0; i < 4; i++) {
      tally.count(Count.PACKETS_SENT);
    }
    tally.count(Count.PACKETS_HEARD);

    assertThat(tally.lossPercent()).isEqualTo(75);
  }

  @Test
  void thousandsOfDifferentReasonsTakeBoundedRoom() {
    for (int i = 0; i < 5000; i++) {
      tally.failed("reason " + i);
    }

    assertThat(tally.failures()).hasSizeLessThan(60);
    assertThat(tally.failures().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(5000);
  }

  @Test
  void sumsOfTwoAreAsIfAllHadBeenCountedByOne() {
    tally.took(Metric.OFFER, MS);
    tally.failed("busy");
    Tally other = new Tally();
    other.took(Metric.OFFER, 3 * MS);
    other.failed("busy");
    other.count(Count.STARTED);

    tally.add(other);

    assertThat(tally.times(Metric.OFFER).count()).isEqualTo(2);
    assertThat(tally.times(Metric.OFFER).longestMs()).isCloseTo(3, within(0.01));
    assertThat(tally.failures()).containsExactly(Map.entry("busy", 2L));
    assertThat(tally.of(Count.STARTED)).isEqualTo(1);
  }

  @Test
  void anotherProcessReadsWhatThisOneWrites() {
    tally.count(Count.STARTED);
    tally.failed("late");
    tally.took(Metric.MEDIA, 25 * MS);
    JsonMapper json = JsonMapper.builder().build();

    Tally read =
        Tally.decode(
            json.readValue(json.writeValueAsString(tally.encoded()), new TypeReference<>() {}));

    assertThat(read.of(Count.STARTED)).isEqualTo(1);
    assertThat(read.of(Count.FAILED)).isEqualTo(1);
    assertThat(read.failures()).containsExactly(Map.entry("late", 1L));
    assertThat(read.times(Metric.MEDIA).percentileMs(50)).isCloseTo(25, within(0.1));
  }

  @Test
  void whatIsNoTallyIsRefused() {
    assertThatThrownBy(() -> Tally.decode(Map.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
