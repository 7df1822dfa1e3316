package org.ringdown.gateway.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.config.TrunkPolicy.Limits;

final class CallLoadTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  private final Clock clock = mock(Clock.class);

  @Test
  void oneCallTooManyFindsNoRoomUntilAnotherEnds() {
    CallLoad load = load(new Limits(2, null));
    Place first = load.take().orElseThrow();
    assertThat(load.take()).isPresent();
    assertThat(load.take()).isEmpty();
    assertThat(load.obstacle()).contains("has as many calls as it may have at once (2)");
    assertThat(load.refused()).isEqualTo(1);
    first.close();
    first.close();
    assertThat(load.calls()).isEqualTo(1);
    assertThat(load.take()).isPresent();
    assertThat(load.take()).isEmpty();
  }

  @Test
  void noSecondHoldsMoreCallsThanItMay() {
    CallLoad load = load(new Limits(null, 2));
    assertThat(load.take()).isPresent();
    at(600);
    assertThat(load.take()).isPresent();
    at(999);
    assertThat(load.take()).isEmpty();
    assertThat(load.obstacle()).contains("gets more calls than it may have in a second (2)");
    at(1000);
    assertThat(load.take()).isPresent();
    assertThat(load.take()).isEmpty();
    at(1600);
    assertThat(load.take()).isPresent();
  }

  @Test
  void withoutLimitsThereIsAlwaysRoom() {
    CallLoad load = load(Limits.NONE);
    for (int call = 0; call < 1000; call++) {
      assertThat(load.take()).isPresent();
    }
    assertThat(load.calls()).isEqualTo(1000);
  }

  private CallLoad load(Limits limits) {
    at(0);
    return new CallLoad(limits, clock);
  }

  private void at(long millis) {
    when(clock.instant()).thenReturn(T0.plusMillis(millis));
  }
}
