package org.ringdown.gateway.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceptionTest {
  private final Reception reception = new Reception();

  @Test
  void countsPacketsBytesAndLoss() {
    for (int sequence : new int[] {65_534, 65_535, 1, 0, 4}) {
      reception.count(Packets.rtp(0, sequence, 0, 9, new byte[8]), 77);
    }
    Reception.Counts counts = reception.counts();
    assertThat(counts.packets()).isEqualTo(5);
    assertThat(counts.bytes()).isEqualTo(100);
    assertThat(counts.lost()).isEqualTo(2);
    assertThat(counts.lastNanos()).isEqualTo(77);
    assertThat(reception.ssrc()).isEqualTo(9);
  }

  @Test
  void newSourceOrNewNumbersAreNoLoss() {
    count(10, 1);
    count(12, 1);
    count(30_000, 2);
    count(30_001, 2);
    count(100, 2);
    assertThat(reception.counts().lost()).isEqualTo(1);
    assertThat(reception.counts().packets()).isEqualTo(5);
  }

  @Test
  void copiesAreNotNegativeLoss() {
    count(10, 1);
    count(10, 1);
    count(10, 1);
    assertThat(reception.counts().lost()).isZero();
  }

  private void count(int sequence, int ssrc) {
    reception.count(Packets.rtp(0, sequence, 0, ssrc), 0);
  }
}
