package org.ringdown.gateway.sound;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/**
 * Both directions of a call's sound as they were at one end: left what came, right what was sent,
 * at the time at which it did. At most an hour. Safe from any thread.
 */
public final class Recording {
  private static final int CHANNELS = 2;
  private static final int FRAME_BYTES = 2 * CHANNELS;
  private static final AudioFormat FORMAT =
      new AudioFormat(Clip.RATE_HZ, 16, CHANNELS, true, false);
  private static final int LONGEST = 60 * 60 * Clip.RATE_HZ;
  private static final long NANOS_PER_SAMPLE = 1_000_000_000L / Clip.RATE_HZ;

  /** Packets that come up to so much later than they might are no pause. */
  private static final int JITTER = Clip.RATE_HZ / 5;

  private final long began = System.nanoTime();
  private final Track heard = new Track();
  private final Track said = new Track();

  /** Begins now. */
  public Recording() {}

  synchronized void heard(short[] samples) {
    heard.add(samples, now());
  }

  synchronized void said(short[] samples) {
    said.add(samples, now());
  }

  private long now() {
    return (System.nanoTime() - began) / NANOS_PER_SAMPLE;
  }

  /**
   * Writes a WAV file: two channels, 8 kHz, 16 bits.
   *
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    byte[] bytes = interleaved();
    long frames = bytes.length / FRAME_BYTES;
    try (AudioInputStream sound =
        new AudioInputStream(new ByteArrayInputStream(bytes), FORMAT, frames)) {
      AudioSystem.write(sound, AudioFileFormat.Type.WAVE, file.toFile());
    }
  }

  private synchronized byte[] interleaved() {
    int length = Math.max(heard.length, said.length);
    ByteBuffer frames = ByteBuffer.allocate(length * FRAME_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < length; i++) {
      frames.putShort(heard.at(i)).putShort(said.at(i));
    }
    return frames.array();
  }

  /** One direction. */
  private static final class Track {
    private short[] samples = new short[Clip.RATE_HZ];
    private int length;

    /** Adds what has just come; what came late goes on where the last one ended. */
    void add(short[] more, long now) {
      long place = now - more.length;
      int at = (int) Math.min(LONGEST, place > length + JITTER ? place : length);
      int end = Math.min(LONGEST, at + more.length);
      if (end > samples.length) {
        samples = Arrays.copyOf(samples, Math.min(LONGEST, Math.max(end, 2 * samples.length)));
      }
      System.arraycopy(more, 0, samples, at, end - at);
      length = end;
    }

    short at(int i) {
      return i < length ? samples[i] : 0;
    }
  }
}
