package org.ringdown.sip.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  @Test
  void waitsTwiceAsLongEachTimeUpToALimit() {
    Backoff backoff = new Backoff(FIRST, LONGEST, () -> 0.999999);

    assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(2));
    assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(4));
    assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(8));
    assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(10));
    assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void waitsAtLeastHalfOfIt() {
    Backoff backoff = new Backoff(FIRST, LONGEST, () -> 0);

    assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.atMost()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void beginsAnewAfterASuccess() {
    Backoff backoff = new Backoff(FIRST, LONGEST, () -> 0);
    backoff.next();
    backoff.next();

    backoff.reset();

    assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(1));
  }
}
