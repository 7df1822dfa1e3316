package org.ringdown.gateway.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.sdp.stream.Codec;

/** A mouth at an ear. */
class SoundTest {
  private static final Agreed AGREED =
      Agreed.of(
              ImmutableList.of(
                  Codec.of(0, "PCMU", 8000),
                  Codec.of(8, "PCMA", 8000),
                  Codec.of(96, "telephone-event", 8000)),
              ImmutableList.of(Voice.PCMA, Voice.PCMU))
          .orElseThrow();

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger firsts = new AtomicInteger();
  private final Ear ear = new Ear(firsts::incrementAndGet);
  private final Mouth mouth = new Mouth(timer, ear::hear);

  @BeforeEach
  void listen() {
    ear.listen(AGREED);
    mouth.speak(AGREED.voice(), AGREED.payloadType(), AGREED.eventType());
  }

  @AfterEach
  void stop() {
    mouth.close();
    timer.shutdownNow();
  }

  @Test
  void ourFirstCommonVoiceIsTaken() {
    assertThat(AGREED.voice()).isEqualTo(Voice.PCMA);
    assertThat(AGREED.eventType()).isEqualTo(96);
    assertThat(AGREED.heard()).containsOnlyKeys(0, 8);
    assertThat(AGREED.alone().heard()).containsOnlyKeys(8);
    assertThat(Agreed.of(ImmutableList.of(Codec.of(9, "G722", 8000)), Voice.USUAL)).isEmpty();
  }

  @Test
  void aToneIsKnownByItsFrequency() {
    mouth.play(440);
    await().until(() -> ear.hears(440));

    assertThat(ear.hears(480)).isFalse();
    assertThat(ear.describe()).isEqualTo("440 Hz");
    assertThat(firsts).hasValue(1);
  }

  @Test
  void silenceIsNoTone() {
    await().until(() -> ear.describe().startsWith("silence"));

    assertThat(ear.hearsAnything()).isFalse();
    mouth.stop();
    await().until(() -> ear.describe().startsWith("no RTP any more"));
  }

  @Test
  void digitsComeInTheirOrder() {
    assertThat(mouth.press("12#")).isTrue();
    await().until(() -> ear.digits().equals("12#"));

    ear.forgetDigits(2);
    assertThat(ear.digits()).isEqualTo("#");
  }

  @Test
  void halfOfTheSoundIsStillTheTone() {
    mouth.lose(50);
    mouth.play(1000);

    await().until(() -> ear.hears(1000));
  }
}
