package org.ringdown.gateway.sound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** Sound of a file, as phones have it: one channel, 8,000 samples a second. Immutable. */
public final class Clip {
  static final int RATE_HZ = 8000;
  private static final int SAMPLE_BYTES = 2;
  private static final int MOST_BYTES = 60 * 60 * RATE_HZ * SAMPLE_BYTES;

  /** Of the ways in which the JDK resamples, the one that lets nothing above 4 kHz fold down. */
  private static final Map<String, Object> RESAMPLED_BY = Map.of("interpolation", "sinc");

  private static final AudioFormat PHONES =
      new AudioFormat(
          Encoding.PCM_SIGNED, RATE_HZ, 16, 1, SAMPLE_BYTES, RATE_HZ, false, RESAMPLED_BY);

  private final short[] samples;

  private Clip(short[] samples) {
    this.samples = samples;
  }

  /**
   * Reads a WAV file (AU and AIFF are understood too) of PCM, A-law or mu-law; channels become one,
   * other rates 8 kHz. At most an hour.
   *
   * @throws IOException with the file's name and what is wrong with it
   */
  public static Clip read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException("there is no file " + file);
    }
    try (AudioInputStream whole = AudioSystem.getAudioInputStream(file.toFile());
        AudioInputStream sound = AudioSystem.getAudioInputStream(PHONES, linear(whole))) {
      byte[] bytes = sound.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException(file + " lasts longer than an hour");
      }
      if (bytes.length < SAMPLE_BYTES) {
        throw new IOException(file + " has no sound in it");
      }
      ShortBuffer read = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
      short[] samples = new short[read.remaining()];
      read.get(samples);
      return new Clip(samples);
    } catch (UnsupportedAudioFileException | IllegalArgumentException e) {
      throw new IOException(file + " is no WAV file of PCM, A-law or mu-law", e);
    }
  }

  /** A-law and mu-law have a converter of their own, which does nothing else. */
  private static AudioInputStream linear(AudioInputStream sound) {
    Encoding encoding = sound.getFormat().getEncoding();
    return encoding.equals(Encoding.ALAW) || encoding.equals(Encoding.ULAW)
        ? AudioSystem.getAudioInputStream(Encoding.PCM_SIGNED, sound)
        : sound;
  }

  /** How long it lasts. */
  public Duration duration() {
    return Duration.ofMillis(samples.length * 1000L / RATE_HZ);
  }

  /** From its beginning, again and again. */
  Wave loop() {
    return new Wave() {
      private int at;

      @Override
      public int next() {
        int sample = samples[at];
        at = (at + 1) % samples.length;
        return sample;
      }
    };
  }

  /** From its beginning to its end. */
  Wave play() {
    return new Wave() {
      private int at;

      @Override
      public int next() {
        return at < samples.length ? samples[at++] : 0;
      }

      @Override
      public Duration left() {
        return Duration.ofMillis((samples.length - at) * 1000L / RATE_HZ);
      }
    };
  }
}
