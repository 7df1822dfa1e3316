package org.ringdown.gateway.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.trunk.TrunkHealth.Aspect;
import org.ringdown.gateway.trunk.TrunkHealth.State;
import org.ringdown.gateway.trunk.TrunkHealth.View;

final class TrunkHealthTest {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private final Clock clock = mock(Clock.class);
  private TrunkHealth health;

  @BeforeEach
  void start() {
    when(clock.instant()).thenReturn(START);
    health = new TrunkHealth("pbx", clock);
  }

  @Test
  void whatIsNotWatchedIsUp() {
    assertThat(health.view()).isEqualTo(new View(State.UP, "", START));
  }

  @Test
  void itStartsUntilAllThatIsWatchedIsWell() {
    health.watch(Aspect.REACHABILITY);
    health.watch(Aspect.REGISTRATION);
    health.well(Aspect.REACHABILITY);
    assertThat(health.view().state()).isEqualTo(State.STARTING);

    health.well(Aspect.REGISTRATION);
    assertThat(health.view().state()).isEqualTo(State.UP);
  }

  @Test
  void oneTroubleIsEnoughToBeDown() {
    health.watch(Aspect.REACHABILITY);
    health.trouble(Aspect.REACHABILITY, "no answer");
    health.well(Aspect.REGISTRATION);

    assertThat(health.view()).isEqualTo(new View(State.DOWN, "no answer", START));
  }

  @Test
  void aFreshReasonDoesNotMakeItDownAnew() {
    health.trouble(Aspect.REGISTRATION, "503");
    when(clock.instant()).thenReturn(START.plusSeconds(9));
    health.trouble(Aspect.REGISTRATION, "401");
    assertThat(health.view()).isEqualTo(new View(State.DOWN, "401", START));

    health.well(Aspect.REGISTRATION);
    assertThat(health.view()).isEqualTo(new View(State.UP, "", START.plusSeconds(9)));
  }
}
