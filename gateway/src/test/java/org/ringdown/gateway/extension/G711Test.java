package org.ringdown.gateway.extension;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class G711Test {
  @Test
  void knownSamplesHaveTheirCodes() {
    assertThat(G711.muLaw(0)).isEqualTo((byte) 0xFF);
    assertThat(G711.muLaw(32_767)).isEqualTo((byte) 0x80);
    assertThat(G711.muLaw(-32_768)).isEqualTo((byte) 0x00);
    assertThat(G711.aLaw(0)).isEqualTo((byte) 0xD5);
    assertThat(G711.aLaw(32_767)).isEqualTo((byte) 0xAA);
    assertThat(G711.aLaw(-32_768)).isEqualTo((byte) 0x2A);
  }

  @Test
  void everySampleComesBackWithinTheErrorOfItsSegment() {
    for (int sample = -32_000; sample <= 32_000; sample += 7) {
      int allowed = Math.max(64, Math.abs(sample) / 16);
      assertThat(fromMuLaw(G711.muLaw(sample))).isBetween(sample - allowed, sample + allowed);
      assertThat(fromALaw(G711.aLaw(sample))).isBetween(sample - allowed, sample + allowed);
    }
  }

  private static int fromMuLaw(byte code) {
    int bits = ~code & 0xFF;
    int magnitude = ((((bits & 0x0F) << 3) + 132) << ((bits >> 4) & 7)) - 132;
    return (bits & 0x80) != 0 ? -magnitude : magnitude;
  }

  private static int fromALaw(byte code) {
    int bits = (code & 0xFF) ^ 0x55;
    int segment = (bits >> 4) & 7;
    int magnitude = ((bits & 0x0F) << 4) + 8;
    if (segment > 0) {
      magnitude = (magnitude + 0x100) << (segment - 1);
    }
    return (bits & 0x80) != 0 ? magnitude : -magnitude;
  }
}
