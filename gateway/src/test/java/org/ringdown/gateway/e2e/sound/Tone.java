package org.ringdown.gateway.e2e.sound;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** A sine wave, the sound by which each actor is known. */
public record Tone(double frequencyHz) {
  /** What phones send. */
  public static final Tone OF_PHONE = new Tone(1250);

  /** What a second phone sends. */
  public static final Tone OF_OTHER_PHONE = new Tone(1500);

  /** What browsers send. */
  public static final Tone OF_BROWSER = new Tone(620);

  /** What a second browser sends. */
  public static final Tone OF_OTHER_BROWSER = new Tone(810);

  /** What the gateway's tone extension plays. */
  public static final Tone OF_EXTENSION = new Tone(1004);

  private static final double AMPLITUDE = 0.5 * Short.MAX_VALUE;

  /** Writes {@code seconds} of it in A-law at 8 kHz, the bytes alone. */
  public Path writeAlaw(Path file, int seconds) {
    ByteBuffer pcm = samples(seconds, 8_000, 1);
    AudioFormat linear = new AudioFormat(8_000, 16, 1, true, false);
    try (AudioInputStream sound =
        AudioSystem.getAudioInputStream(
            AudioFormat.Encoding.ALAW,
            new AudioInputStream(
                new ByteArrayInputStream(pcm.array()), linear, seconds * 8_000L))) {
      Files.write(file, sound.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** Writes {@code seconds} of it as a 16-bit WAV file. */
  public Path write(Path wav, int seconds, int rateHz, int channels) {
    ByteBuffer pcm = samples(seconds, rateHz, channels);
    AudioFormat format = new AudioFormat(rateHz, 16, channels, true, false);
    long frames = (long) seconds * rateHz;
    try (AudioInputStream sound =
        new AudioInputStream(new ByteArrayInputStream(pcm.array()), format, frames)) {
      Files.createDirectories(wav.toAbsolutePath().getParent());
      AudioSystem.write(sound, AudioFileFormat.Type.WAVE, wav.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return wav;
  }

  private ByteBuffer samples(int seconds, int rateHz, int channels) {
    ByteBuffer pcm = ByteBuffer.allocate(seconds * rateHz * channels * 2);
    pcm.order(ByteOrder.LITTLE_ENDIAN);
    for (int n = 0; n < seconds * rateHz; n++) {
      short sample = (short) (AMPLITUDE * Math.sin(2 * Math.PI * frequencyHz * n / rateHz));
      for (int channel = 0; channel < channels; channel++) {
        pcm.putShort(sample);
      }
    }
    return pcm;
  }
}
