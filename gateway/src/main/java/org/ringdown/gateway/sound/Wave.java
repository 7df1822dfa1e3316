package org.ringdown.gateway.sound;

import java.time.Duration;

/** What is said, sample by sample, 8,000 a second. */
interface Wave {
  /** Nothing. */
  Wave SILENCE = () -> 0;

  /** The next sample, 16 bits. */
  int next();

  /** How long it lasts until only silence is left; zero if it has no end. */
  default Duration left() {
    return Duration.ZERO;
  }

  /** A pure tone. */
  static Wave tone(int hz) {
    return new Wave() {
      private static final double AMPLITUDE = 12_000;
      private int at;

      @Override
      public int next() {
        double phase = 2 * Math.PI * hz * at / Clip.RATE_HZ;
        at = (at + 1) % Clip.RATE_HZ;
        return (int) (AMPLITUDE * Math.sin(phase));
      }
    };
  }
}
