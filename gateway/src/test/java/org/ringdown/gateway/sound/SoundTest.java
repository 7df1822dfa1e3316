package org.ringdown.gateway.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.media.rtp.RtpHeader;
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

  @Test
  void packetsGoOutAsTheyAreAndThenSilence() {
    Queue<Integer> types = new ConcurrentLinkedQueue<>();
    List<TimedPacket> packets =
        IntStream.range(0, 5)
            .mapToObj(i -> new TimedPacket(Duration.ofMillis(10L * i), rtp(100 + i)))
            .toList();
    try (Mouth other = new Mouth(timer, packet -> types.add(RtpHeader.payloadType(packet)))) {
      other.replay(ImmutableList.copyOf(packets));
      assertThat(other.isPlaying()).isTrue();
      assertThat(other.left()).isEqualTo(Duration.ofMillis(40));
      assertThat(types).isEmpty();

      other.speak(Voice.G722, 9, 0);
      await().until(() -> !other.isPlaying());
      assertThat(types).containsExactly(100, 101, 102, 103, 104);

      other.speak(Voice.PCMU, 0, 0);
      await().until(() -> types.contains(0));
    }
  }

  private static byte[] rtp(int type) {
    return ByteBuffer.allocate(20).put((byte) 0x80).put((byte) type).array();
  }
}
