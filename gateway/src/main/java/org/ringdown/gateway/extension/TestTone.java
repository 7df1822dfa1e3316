package org.ringdown.gateway.extension;

import java.util.function.IntFunction;
import org.ringdown.gateway.media.rtp.G711;

/** The test tone in the two laws of ITU-T G.711. */
final class TestTone {
  private static final int RATE_HZ = 8000;
  private static final int TONE_HZ = 1004;

  /** Whole periods of the tone and whole packets of 160 samples: it can be repeated for ever. */
  private static final int SAMPLES = 4000;

  private static final double AMPLITUDE = 16_000;

  private TestTone() {}

  static byte[] muLaw() {
    return tone(G711::muLaw);
  }

  static byte[] aLaw() {
    return tone(G711::aLaw);
  }

  private static byte[] tone(IntFunction<Byte> law) {
    byte[] bytes = new byte[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      double sample = AMPLITUDE * Math.sin(2 * Math.PI * TONE_HZ * i / RATE_HZ);
      bytes[i] = law.apply((int) Math.round(sample));
    }
    return bytes;
  }
}
