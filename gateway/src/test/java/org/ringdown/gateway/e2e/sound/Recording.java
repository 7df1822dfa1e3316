package org.ringdown.gateway.e2e.sound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What an actor heard, looked at in windows of 100 ms. */
public final class Recording {
  /** Nothing heard yet. */
  public static final Recording EMPTY = new Recording(new double[0], 8000);

  private static final int PLAIN_RATE_HZ = 8000;
  private static final int HEADER_BYTES = 44;
  private static final double SILENCE = 100;
  private static final double TOLERANCE_HZ = 15;
  private static final double MIN_SHARE = 0.6;

  private final double[] samples;
  private final int rateHz;

  private Recording(double[] samples, int rateHz) {
    this.samples = samples;
    this.rateHz = rateHz;
  }

  /** One window: its dominant frequency, the energy's share around it, and the loudness. */
  public record Window(double frequencyHz, double share, double rms) {
    /** Whether it is that tone, and loud enough to be heard. */
    public boolean isOf(Tone tone) {
      return rms >= SILENCE
          && share >= MIN_SHARE
          && Math.abs(frequencyHz - tone.frequencyHz()) <= TOLERANCE_HZ;
    }

    @Override
    public String toString() {
      return rms < SILENCE ? "-" : Math.round(frequencyHz) + "/" + Math.round(share * 100) + "%";
    }
  }

  /**
   * Reads a 16-bit WAV file, also one that is still being written (linphone's header is empty until
   * then: 8 kHz, one channel).
   */
  public static Recording of(Path wav) {
    try {
      byte[] bytes = Files.readAllBytes(wav);
      if (bytes.length < HEADER_BYTES) {
        return EMPTY;
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      int channels = Math.max(1, buffer.getShort(22));
      int rateHz = buffer.getInt(24) == 0 ? PLAIN_RATE_HZ : buffer.getInt(24);
      return mixed(buffer, channels, rateHz);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Recording mixed(ByteBuffer buffer, int channels, int rateHz) {
    double[] samples = new double[(buffer.capacity() - HEADER_BYTES) / (2 * channels)];
    buffer.position(HEADER_BYTES);
    for (int n = 0; n < samples.length; n++) {
      for (int channel = 0; channel < channels; channel++) {
        samples[n] += buffer.getShort() / (double) channels;
      }
    }
    return new Recording(samples, rateHz);
  }

  /** All whole windows, the earliest first. */
  public List<Window> windows() {
    int size = rateHz / 10;
    List<Window> windows = new ArrayList<>();
    for (int from = 0; from + size <= samples.length; from += size) {
      windows.add(window(Arrays.copyOfRange(samples, from, from + size)));
    }
    return windows;
  }

  /** How many seconds of the recording are that tone. */
  public double secondsOf(Tone tone) {
    return windows().stream().filter(window -> window.isOf(tone)).count() / 10.0;
  }

  /** Whether the last second is that tone, but for two windows at most. */
  public boolean endsWith(Tone tone) {
    int from = Math.max(0, samples.length - rateHz);
    Recording last = new Recording(Arrays.copyOfRange(samples, from, samples.length), rateHz);
    return last.secondsOf(tone) >= 0.8;
  }

  private Window window(double[] frame) {
    Spectrum spectrum = Spectrum.of(frame, rateHz);
    double energy = Arrays.stream(frame).map(x -> x * x).sum();
    return new Window(
        spectrum.dominantHz(), spectrum.shareAtDominant(), Math.sqrt(energy / frame.length));
  }

  @Override
  public String toString() {
    return windows().size() / 10.0 + " s: " + windows();
  }
}
