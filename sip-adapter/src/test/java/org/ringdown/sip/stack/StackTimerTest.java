package org.ringdown.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StackTimerTest {
  @Test
  void ticksMeetAtTheNextMultipleOfTheGrain() {
    assertThat(StackTimer.toNext(50, 1_000)).isZero();
    assertThat(StackTimer.toNext(50, 1_001)).isEqualTo(49);
    assertThat(StackTimer.toNext(50, 1_049)).isEqualTo(1);
    assertThat(StackTimer.toNext(1, 1_049)).isZero();
  }
}
