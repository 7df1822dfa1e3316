package org.ringdown.gateway.extension;

/** A tone in the two laws of ITU-T G.711. */
final class G711 {
  private static final int RATE_HZ = 8000;
  private static final int TONE_HZ = 1004;

  /** Whole periods of the tone and whole packets of 160 samples: it can be repeated for ever. */
  private static final int SAMPLES = 4000;

  private static final double AMPLITUDE = 16_000;
  private static final int MU_BIAS = 33 << 2;
  private static final int MU_CLIP = 32_635;
  private static final int A_TOGGLE = 0x55;

  private G711() {}

  static byte[] muLawTone() {
    byte[] bytes = new byte[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      bytes[i] = muLaw(sample(i));
    }
    return bytes;
  }

  static byte[] aLawTone() {
    byte[] bytes = new byte[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      bytes[i] = aLaw(sample(i));
    }
    return bytes;
  }

  private static int sample(int i) {
    return (int) Math.round(AMPLITUDE * Math.sin(2 * Math.PI * TONE_HZ * i / RATE_HZ));
  }

  /** One 16-bit sample as mu-law: sign, segment, mantissa, all inverted. */
  static byte muLaw(int sample) {
    int magnitude = Math.min(Math.abs(sample), MU_CLIP) + MU_BIAS;
    int segment = Math.max(0, 31 - Integer.numberOfLeadingZeros(magnitude) - 7);
    int mantissa = (magnitude >> (segment + 3)) & 0x0F;
    int sign = sample < 0 ? 0x80 : 0;
    return (byte) ~(sign | segment << 4 | mantissa);
  }

  /** One 16-bit sample as A-law: sign, segment, mantissa, every other bit inverted. */
  static byte aLaw(int sample) {
    int sign = sample >= 0 ? 0x80 : 0;
    int magnitude = Math.min(sample >= 0 ? sample : -sample - 1, 32_767) >> 4;
    int segment = Math.max(0, 31 - Integer.numberOfLeadingZeros(magnitude | 1) - 3);
    int mantissa = (segment == 0 ? magnitude : magnitude >> (segment - 1)) & 0x0F;
    return (byte) ((sign | segment << 4 | mantissa) ^ A_TOGGLE);
  }
}
