package org.ringdown.gateway.testkit.load.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.testkit.load.measure.Metric;
import org.ringdown.gateway.testkit.load.measure.Tally;

class RelayWindowTest {
  private final Tally tally = new Tally();

  @Test
  void packetsOfHeldCallsCountWhileAllAreUp() {
    RelayWindow window = new RelayWindow(holding(3), tally);
    relayed();
    window.look(2);
    relayed();
    assertThat(counted()).isZero();

    window.look(3);
    relayed();
    window.look(2);
    relayed();
    assertThat(counted()).isEqualTo(2);

    window.shut();
    relayed();
    assertThat(counted()).isEqualTo(2);
  }

  @Test
  void packetsOfOtherCallsAllCount() {
    RelayWindow window = new RelayWindow(holding(0), tally);
    relayed();
    window.look(1);
    window.shut();
    relayed();
    assertThat(counted()).isEqualTo(2);
  }

  private void relayed() {
    tally.took(Metric.RELAY, 1_000_000);
  }

  private long counted() {
    return tally.times(Metric.RELAY).count();
  }

  private static Load holding(int calls) {
    return new Load(
        20, Duration.ofSeconds(1), null, calls, ImmutableList.copyOf(Direction.values()), 0);
  }
}
