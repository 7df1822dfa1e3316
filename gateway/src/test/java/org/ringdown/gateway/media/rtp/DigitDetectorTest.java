package org.ringdown.gateway.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.media.rtp.DigitDetector.Digit;

class DigitDetectorTest {
  private static final long SECOND = 1_000_000_000L;

  private final DigitDetector detector = new DigitDetector();

  @Test
  void digitIsToldOnceWhenItEnds() {
    assertThat(heard(1000, 5, false, 160)).isNull();
    assertThat(heard(1000, 5, false, 640)).isNull();
    assertThat(heard(1000, 5, true, 800)).isEqualTo(new Digit('5', 100));
    assertThat(heard(1000, 5, true, 800)).isNull();
    assertThat(heard(1000, 5, true, 800)).isNull();
  }

  @Test
  void sameKeyTwiceIsTwoDigits() {
    assertThat(heard(1000, 5, true, 800)).isNotNull();
    assertThat(heard(3000, 5, true, 800)).isNotNull();
  }

  @Test
  void digitWithoutAnEndIsToldWhenAnotherBegins() {
    heard(1000, 10, false, 640);
    assertThat(heard(3000, 11, false, 160)).isEqualTo(new Digit('*', 80));
    assertThat(heard(3000, 11, true, 320)).isEqualTo(new Digit('#', 40));
  }

  @Test
  void digitWithoutAnEndIsToldAfterAWhile() {
    heard(1000, 15, false, 640);
    assertThat(detector.giveUp(SECOND / 4)).isNull();
    assertThat(detector.giveUp(SECOND)).isEqualTo(new Digit('D', 80));
    assertThat(detector.giveUp(2 * SECOND)).isNull();
  }

  @Test
  void lateCopyOfAnEarlierDigitIsNoDigit() {
    heard(1000, 1, true, 800);
    heard(3000, 2, true, 800);
    assertThat(heard(1000, 1, true, 800)).isNull();
  }

  @Test
  void senderThatBeginsItsClockAnewIsHeard() {
    heard(2_000_000, 1, true, 800);
    assertThat(heard(1000, 2, true, 800)).isEqualTo(new Digit('2', 100));
  }

  @Test
  void lineSignalsAreNoDigits() {
    assertThat(heard(1000, 16, true, 800)).isNull();
    assertThat(detector.giveUp(SECOND)).isNull();
  }

  @Test
  void cutOffPacketsAreIgnored() {
    assertThat(detector.observe(Packets.rtp(101, 1, 1, 1, (byte) 5), 12, 8000, 0)).isNull();
  }

  private @Nullable Digit heard(int timestamp, int event, boolean end, int ticks) {
    return detector.observe(
        Packets.event(101, new int[] {1, timestamp, 9}, event, end, ticks), 12, 8000, 0);
  }
}
