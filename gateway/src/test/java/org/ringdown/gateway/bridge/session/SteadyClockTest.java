package org.ringdown.gateway.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class SteadyClockTest {
  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

  private long nanos = Long.MAX_VALUE - 5;

  @Test
  void itCountsWhatHasPassedWhateverTheWallSays() {
    Clock clock = new SteadyClock(NOON, ticker());

    nanos += Duration.ofMinutes(3).toNanos();

    assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofMinutes(3)));
    assertThat(clock.withZone(ZoneOffset.MAX).instant()).isEqualTo(clock.instant());
  }

  @Test
  void itBeginsWithTheTimeOnTheWall() {
    assertThat(Duration.between(Clock.systemUTC().instant(), SteadyClock.begin().instant()))
        .isLessThan(Duration.ofMinutes(1));
  }

  private Ticker ticker() {
    return new Ticker() {
      @Override
      public long read() {
        return nanos;
      }
    };
  }
}
