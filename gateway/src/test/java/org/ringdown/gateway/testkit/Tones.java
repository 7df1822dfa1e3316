package org.ringdown.gateway.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.ringdown.gateway.media.rtp.G711;
import org.ringdown.gateway.testkit.capture.Pcaps;

/** Tones in files, made and found. */
final class Tones {
  static final int LEFT = 0;
  static final int RIGHT = 1;
  private static final int RATE_HZ = 8000;
  private static final int FRAME = 160;
  private static final int WINDOW = 200;
  private static final double LOUD = 1000;
  private static final double PRESENT = 0.6;

  private Tones() {}

  private static int sample(int hz, int rate, int at) {
    return (int) (12_000 * Math.sin(2 * Math.PI * hz * at / rate));
  }

  /** Writes a second of one. */
  static void wav(Path file, int hz, int rate) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(2 * rate).order(ByteOrder.LITTLE_ENDIAN);
    IntStream.range(0, rate).forEach(i -> bytes.putShort((short) sample(hz, rate, i)));
    AudioFormat format = new AudioFormat(rate, 16, 1, true, false);
    var sound = new AudioInputStream(new ByteArrayInputStream(bytes.array()), format, rate);
    AudioSystem.write(sound, AudioFileFormat.Type.WAVE, file.toFile());
  }

  /** RTP packets of one in A-law. */
  static List<byte[]> packets(int hz, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            number -> {
              byte[] payload = new byte[FRAME];
              for (int i = 0; i < FRAME; i++) {
                payload[i] = G711.aLaw(sample(hz, RATE_HZ, number * FRAME + i));
              }
              return Pcaps.packet(8, number, 0x1A2B3C4D, payload);
            })
        .toList();
  }

  /** For how many fortieths of a second a channel of a stereo file is this tone. */
  static int windows(Path file, int channel, int hz)
      throws IOException, UnsupportedAudioFileException {
    double[] samples = samples(file, channel);
    int found = 0;
    for (int start = 0; start + WINDOW <= samples.length; start += WINDOW) {
      found += isTone(samples, start, hz) ? 1 : 0;
    }
    return found;
  }

  private static boolean isTone(double[] samples, int start, int hz) {
    double power = 0;
    double sine = 0;
    double cosine = 0;
    for (int i = start; i < start + WINDOW; i++) {
      power += samples[i] * samples[i];
      sine += samples[i] * Math.sin(2 * Math.PI * hz * i / RATE_HZ);
      cosine += samples[i] * Math.cos(2 * Math.PI * hz * i / RATE_HZ);
    }
    return power / WINDOW > LOUD * LOUD
        && 2 * (sine * sine + cosine * cosine) / WINDOW / power > PRESENT;
  }

  private static double[] samples(Path file, int channel)
      throws IOException, UnsupportedAudioFileException {
    try (AudioInputStream sound = AudioSystem.getAudioInputStream(file.toFile())) {
      ShortBuffer frames =
          ByteBuffer.wrap(sound.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
      return IntStream.range(0, frames.remaining() / 2)
          .mapToDouble(i -> frames.get(2 * i + channel))
          .toArray();
    }
  }
}
