package org.ringdown.gateway.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sound files as phones play them, and recordings as people hear them. */
class ClipTest {
  @TempDir private Path directory = Path.of("");

  private Path file() {
    return directory.resolve("sound.wav");
  }

  /** A second of a tone in one channel or in each of two. */
  private Path tone(int hz, int rate, int channels, Encoding encoding) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(2 * rate * channels).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < rate * channels; i++) {
      double phase = 2 * Math.PI * hz * (i / channels) / rate;
      bytes.putShort((short) (12_000 * Math.sin(phase)));
    }
    AudioFormat format = new AudioFormat(rate, 16, channels, true, false);
    AudioInputStream sound =
        new AudioInputStream(new ByteArrayInputStream(bytes.array()), format, rate);
    AudioInputStream encoded = AudioSystem.getAudioInputStream(encoding, sound);
    AudioSystem.write(encoded, AudioFileFormat.Type.WAVE, file().toFile());
    return file();
  }

  /** How often the sound goes from below zero to above, and how loud it is. */
  private static double[] measure(Wave wave, int samples) {
    int crossings = 0;
    int before = 0;
    int loudest = 0;
    for (int i = 0; i < samples; i++) {
      int now = wave.next();
      crossings += before < 0 && now >= 0 ? 1 : 0;
      before = now;
      loudest = Math.max(loudest, Math.abs(now));
    }
    return new double[] {crossings, loudest};
  }

  @ParameterizedTest
  @CsvSource({
    "8000, 1, PCM_SIGNED",
    "8000, 1, ALAW",
    "8000, 1, ULAW",
    "16000, 1, PCM_SIGNED",
    "44100, 2, PCM_SIGNED",
    "48000, 2, PCM_SIGNED",
  })
  void aToneStaysTheSameWhateverTheFile(int rate, int channels, String encoding)
      throws IOException {
    Clip clip = Clip.read(tone(1000, rate, channels, new Encoding(encoding)));

    assertThat(clip.duration()).isBetween(Duration.ofMillis(990), Duration.ofMillis(1010));
    double[] measured = measure(clip.play(), 7900);
    assertThat(measured[0]).isCloseTo(988, within(12.0));
    assertThat(measured[1]).isCloseTo(12_000, within(800.0));
  }

  @Test
  void whatPhonesCannotHearIsTakenOutInsteadOfFoldingDown() throws IOException {
    Clip clip = Clip.read(tone(6000, 16_000, 1, Encoding.PCM_SIGNED));

    assertThat(measure(clip.play(), 7900)[1]).isLessThan(2000);
  }

  @Test
  void aFileIsOverAtItsEndAndALoopIsNot() throws IOException {
    Clip clip = Clip.read(tone(1000, 8000, 1, Encoding.PCM_SIGNED));
    Wave once = clip.play();
    Wave again = clip.loop();

    assertThat(once.left()).isEqualTo(Duration.ofSeconds(1));
    measure(once, 8000);
    measure(again, 8000);
    assertThat(once.left()).isZero();
    assertThat(measure(once, 800)[1]).isZero();
    assertThat(measure(again, 800)[1]).isGreaterThan(10_000);
  }

  @Test
  void aFileThatIsNoneIsNamed() throws IOException {
    assertThatThrownBy(() -> Clip.read(file())).hasMessage("there is no file " + file());
    Files.writeString(file(), "Not a sound at all, but long enough to be looked at.".repeat(10));
    assertThatThrownBy(() -> Clip.read(file()))
        .hasMessage(file() + " is no WAV file of PCM, A-law or mu-law");
    AudioFormat format = new AudioFormat(8000, 16, 1, true, false);
    AudioInputStream nothing =
        new AudioInputStream(new ByteArrayInputStream(new byte[0]), format, 0);
    AudioSystem.write(nothing, AudioFileFormat.Type.WAVE, file().toFile());
    assertThatThrownBy(() -> Clip.read(file())).hasMessage(file() + " has no sound in it");
  }

  @Test
  void aRecordingHasWhatWasHeardOnTheLeft() throws Exception {
    Recording recording = new Recording();
    short[] loud = new short[160];
    loud[80] = 1000;
    recording.heard(loud);
    recording.heard(loud);
    recording.said(new short[160]);
    recording.write(file());

    try (AudioInputStream written = AudioSystem.getAudioInputStream(file().toFile())) {
      assertThat(written.getFormat().getChannels()).isEqualTo(2);
      assertThat(written.getFrameLength()).isGreaterThanOrEqualTo(320);
      ByteBuffer frames = ByteBuffer.wrap(written.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      int left = 0;
      int right = 0;
      while (frames.hasRemaining()) {
        left += frames.getShort();
        right += frames.getShort();
      }
      assertThat(left).isEqualTo(2000);
      assertThat(right).isZero();
    }
  }
}
