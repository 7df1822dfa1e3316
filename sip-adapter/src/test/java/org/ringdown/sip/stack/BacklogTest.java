package org.ringdown.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BacklogTest {
  private final Backlog backlog = new Backlog(2);

  @Test
  void dropsWhatComesWhileTooManyWait() {
    assertThat(backlog.admit()).isTrue();
    assertThat(backlog.admit()).isTrue();
    assertThat(backlog.admit()).isFalse();
    backlog.taken();
    assertThat(backlog.admit()).isTrue();
    assertThat(backlog.waiting()).isEqualTo(2);
  }

  @Test
  void neverCountsBelowNothing() {
    backlog.taken();
    assertThat(backlog.waiting()).isZero();
  }
}
