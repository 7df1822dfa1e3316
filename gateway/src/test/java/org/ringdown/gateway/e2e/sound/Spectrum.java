package org.ringdown.gateway.e2e.sound;

/** The power spectrum of a short piece of sound (Hann window, padded fourfold, radix-2 FFT). */
final class Spectrum {
  private static final double LOWEST_HZ = 20;
  private static final double HALF_WIDTH_HZ = 30;

  private final double[] power;
  private final double binHz;

  private Spectrum(double[] power, double binHz) {
    this.power = power;
    this.binHz = binHz;
  }

  static Spectrum of(double[] samples, int rateHz) {
    int size = Integer.highestOneBit(samples.length * 4 - 1) * 2;
    double[] re = new double[size];
    double[] im = new double[size];
    for (int n = 0; n < samples.length; n++) {
      double hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * n / (samples.length - 1));
      re[bitReversed(n, size)] = samples[n] * hann;
    }
    for (int half = 1; half < size; half *= 2) {
      butterflies(re, im, half);
    }
    double[] power = new double[size / 2];
    for (int k = (int) (LOWEST_HZ * size / rateHz); k < power.length; k++) {
      power[k] = re[k] * re[k] + im[k] * im[k];
    }
    return new Spectrum(power, (double) rateHz / size);
  }

  double dominantHz() {
    return dominantBin() * binHz;
  }

  double shareAtDominant() {
    int middle = dominantBin();
    int width = (int) (HALF_WIDTH_HZ / binHz);
    double near = 0;
    double all = 0;
    for (int k = 0; k < power.length; k++) {
      all += power[k];
      near += Math.abs(k - middle) <= width ? power[k] : 0;
    }
    return all == 0 ? 0 : near / all;
  }

  private int dominantBin() {
    int best = 0;
    for (int k = 1; k < power.length; k++) {
      best = power[k] > power[best] ? k : best;
    }
    return best;
  }

  private static int bitReversed(int n, int size) {
    return Integer.reverse(n) >>> (Integer.numberOfLeadingZeros(size) + 1);
  }

  private static void butterflies(double[] re, double[] im, int half) {
    for (int j = 0; j < half; j++) {
      double wr = Math.cos(-Math.PI * j / half);
      double wi = Math.sin(-Math.PI * j / half);
      for (int a = j; a < re.length; a += 2 * half) {
        int b = a + half;
        double tr = wr * re[b] - wi * im[b];
        double ti = wr * im[b] + wi * re[b];
        re[b] = re[a] - tr;
        im[b] = im[a] - ti;
        re[a] += tr;
        im[a] += ti;
      }
    }
  }
}
