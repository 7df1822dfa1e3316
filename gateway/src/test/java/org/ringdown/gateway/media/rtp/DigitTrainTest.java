package org.ringdown.gateway.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.media.rtp.DigitTrain.Step;

class DigitTrainTest {
  private final DigitTrain train = new DigitTrain();

  @Test
  void digitIsOneMarkerGrowingDurationsAndThreeEnds() {
    train.add("5", 100, 60);
    List<Step> steps = run(8000);
    assertThat(steps).extracting(Step::event).containsOnly(5);
    assertThat(steps)
        .extracting(Step::durationTicks)
        .containsExactly(160, 320, 480, 640, 800, 800, 800);
    assertThat(steps)
        .extracting(Step::first)
        .containsExactly(true, false, false, false, false, false, false);
    assertThat(steps)
        .extracting(Step::end)
        .containsExactly(false, false, false, false, true, true, true);
  }

  @Test
  void durationsCountInTheFormatsClock() {
    train.add("1", 40, 40);
    assertThat(run(48_000)).extracting(Step::durationTicks).containsExactly(960, 1920, 1920, 1920);
  }

  @Test
  void gapIsKeptBetweenDigits() {
    train.add("12", 40, 100);
    int steps = 0;
    int pauses = 0;
    while (!train.isOver()) {
      steps++;
      pauses += train.next(8000) == null ? 1 : 0;
    }
    assertThat(pauses).isEqualTo(2 * (100 - 40) / 20);
    assertThat(steps).isEqualTo(2 * 4 + pauses);
  }

  @Test
  void unknownCharactersAreLeftOutAndACommaWaits() {
    train.add("x1!", 40, 40);
    assertThat(run(8000)).extracting(Step::event).containsOnly(1);
    train.add(",#", 40, 40);
    int waited = 0;
    while (train.next(8000) == null) {
      waited++;
    }
    assertThat(waited).isBetween(100, 102);
  }

  @Test
  void sillyDurationsAreBroughtWithinBounds() {
    train.add("1", Integer.MAX_VALUE, -5);
    assertThat(run(48_000)).extracting(Step::durationTicks).last().isEqualTo(65_520);
    train.add("1", 1, 1);
    assertThat(run(8000)).extracting(Step::durationTicks).last().isEqualTo(320);
  }

  @Test
  void rowHasAnEnd() {
    train.add("1".repeat(100_000), 40, 40);
    assertThat(run(8000).stream().filter(Step::first)).hasSize(256);
  }

  @Test
  void packetIsWhatTheRfcDraws() {
    ByteBuffer packet = new Step(11, true, true, 0x0320).packet(101);
    assertThat(RtpHeader.payloadOffset(packet)).isEqualTo(12);
    assertThat(RtpHeader.payloadType(packet)).isEqualTo(101);
    assertThat(RtpHeader.marker(packet)).isTrue();
    assertThat(Packets.payload(packet)).containsExactly(11, 0x8A, 0x03, 0x20);
    assertThat(packet.capacity() - packet.limit()).isGreaterThanOrEqualTo(64);
  }

  private List<Step> run(int clockRateHz) {
    List<Step> steps = new ArrayList<>();
    while (!train.isOver()) {
      Step step = train.next(clockRateHz);
      if (step != null) {
        steps.add(step);
      }
    }
    return steps;
  }
}
