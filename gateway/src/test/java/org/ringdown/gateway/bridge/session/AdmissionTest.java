package org.ringdown.gateway.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private Duration now = Duration.ofHours(1);
  private final Queue<Runnable> queue = new ArrayDeque<>();
  private final Admission admission = new Admission(() -> 2, queue::add, new Clock());

  @Test
  void admitsAsManyAsThereMayBe() {
    assertThat(admission.admits(1)).isTrue();
    assertThat(admission.admits(2)).isFalse();
  }

  @Test
  void admitsNobodyWhileWorkWaitsTooLong() {
    assertThat(admission.admits(0)).isTrue();
    advance(Duration.ofMillis(400));
    assertThat(admission.admits(0)).isTrue();
    advance(Duration.ofMillis(200));
    assertThat(admission.admits(0)).isFalse();

    queue.remove().run();

    assertThat(admission.admits(0)).isTrue();
  }

  @Test
  void asksSeldomAndOnlyWhenSomebodyCalls() {
    assertThat(queue).isEmpty();
    for (int i = 0; i < 5; i++) {
      admission.admits(0);
    }
    assertThat(queue).hasSize(1);
    queue.remove().run();
    admission.admits(0);
    assertThat(queue).isEmpty();

    advance(Duration.ofMillis(100));
    admission.admits(0);

    assertThat(queue).hasSize(1);
  }

  private void advance(Duration by) {
    now = now.plus(by);
  }

  private final class Clock extends Ticker {
    @Override
    public long read() {
      return now.toNanos();
    }
  }
}
