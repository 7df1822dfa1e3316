package org.ringdown.gateway.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.ringdown.gateway.media.rtp.RtpRewriter.Placed;

class RtpRewriterPropertyTest {
  private static final int HZ = 8000;
  private static final int STEP_MS = 20;
  private static final long MILLI = 1_000_000L;
  private static final Object[] SOURCES = {"phone", "fork", "announcement"};

  @Property(tries = 300)
  void orderlySourcesMakeOneStreamWithoutGapOrStepBack(@ForAll("stretches") List<Stretch> call) {
    RtpRewriter rewriter = new RtpRewriter(7, 65_000, Integer.MAX_VALUE - 5000);
    long now = 0;
    int sequence = 64_999;
    int timestamp = Integer.MAX_VALUE - 5001;
    for (Stretch stretch : call) {
      now += stretch.silenceMs * MILLI;
      for (int i = 0; i < stretch.packets; i++, now += STEP_MS * MILLI) {
        ByteBuffer packet = stretch.packet(i);
        if (stretch.skipped) {
          rewriter.skip(packet, stretch.from(), HZ, now);
        } else {
          assertThat(rewriter.rewrite(packet, stretch.from(), HZ, now)).isNotEqualTo(Placed.DROP);
          assertThat(RtpHeader.sequence(packet)).isEqualTo(sequence + 1 & 0xFFFF);
          assertThat(RtpHeader.timestamp(packet) - timestamp).isPositive();
          assertThat(RtpHeader.ssrc(packet)).isEqualTo(7);
          sequence = RtpHeader.sequence(packet);
          timestamp = RtpHeader.timestamp(packet);
        }
      }
    }
  }

  @Property(tries = 300)
  void whateverComesNoNumberIsUsedTwice(@ForAll("chaos") List<int[]> packets) {
    RtpRewriter rewriter = new RtpRewriter(7, 0, 0);
    Set<Integer> used = new HashSet<>();
    long now = 0;
    for (int[] chaos : packets) {
      now += MILLI;
      ByteBuffer packet = Packets.rtp(0, chaos[1], chaos[2], chaos[3]);
      if (chaos[0] == 0) {
        rewriter.insert(packet, rewriter.timestampAt(now, HZ), now);
        assertThat(used.add(RtpHeader.sequence(packet))).isTrue();
      } else if (chaos[0] == 1) {
        rewriter.skip(packet, SOURCES[0], HZ, now);
      } else if (rewriter.rewrite(packet, SOURCES[chaos[3] % 2], HZ, now) != Placed.DROP) {
        assertThat(used.add(RtpHeader.sequence(packet))).isTrue();
      }
    }
  }

  @Provide
  Arbitrary<List<Stretch>> stretches() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers(),
            Arbitraries.integers(),
            Arbitraries.integers().between(1, 80),
            Arbitraries.integers().between(0, 90_000),
            Arbitraries.of(false, false, false, true))
        .as(Stretch::new)
        .list()
        .uniqueElements(Stretch::ssrc)
        .ofMaxSize(12);
  }

  /** Few enough packets, none far ahead, so that the numbers cannot have come round honestly. */
  @Provide
  Arbitrary<List<int[]>> chaos() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 9),
            Arbitraries.integers().between(100, 220),
            Arbitraries.integers(),
            Arbitraries.integers().between(0, 3))
        .as((act, sequence, timestamp, ssrc) -> new int[] {act, sequence, timestamp, ssrc})
        .list()
        .ofMaxSize(300);
  }

  /** A while in which one source sends, in order. */
  record Stretch(int source, int ssrc, int start, int packets, int silenceMs, boolean skipped) {
    Object from() {
      return SOURCES[source];
    }

    ByteBuffer packet(int i) {
      int fresh = start * 31 + silenceMs;
      return Packets.rtp(0, fresh + i, start + i * HZ / 1000 * STEP_MS, ssrc);
    }
  }
}
