package org.ringdown.gateway.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.media.rtp.RtpRewriter.Placed;

class RtpRewriterTest {
  private static final int HZ = 8000;
  private static final long MILLI = 1_000_000L;
  private static final int OURS = 0x11223344;

  private final RtpRewriter rewriter = new RtpRewriter(OURS, 65_534, 1000);
  private final Object phone = "phone";
  private final Object announcement = "announcement";

  @Test
  void beginsWithItsOwnNumbersAndGoesOnWithTheSourcesSteps() {
    assertThat(sent(phone, 500, 7000, 0)).containsExactly(65_534, 1000, OURS);
    assertThat(sent(phone, 501, 7160, 20)).containsExactly(65_535, 1160, OURS);
    assertThat(sent(phone, 502, 7320, 40)).containsExactly(0, 1320, OURS);
  }

  @Test
  void lossAndDisorderOfTheSourceStayAsTheyAre() {
    sent(phone, 500, 7000, 0);
    assertThat(sent(phone, 503, 7480, 60)[0]).isEqualTo(1);
    assertThat(sent(phone, 502, 7320, 61)).containsExactly(0, 1320, OURS);
  }

  @Test
  void anotherSourceFollowsWithoutAGap() {
    sent(phone, 500, 7000, 0);
    assertThat(sent(announcement, 9, 123_456, 100)).containsExactly(65_535, 1800, OURS);
    assertThat(sent(announcement, 10, 123_616, 120)).containsExactly(0, 1960, OURS);
  }

  @Test
  void sourceThatChangesItsSsrcFollowsWithoutAGap() {
    sent(phone, 500, 7000, 0);
    ByteBuffer packet = Packets.rtp(0, 1, 1, 99);
    assertThat(rewriter.rewrite(packet, phone, HZ, 20 * MILLI)).isEqualTo(Placed.ANEW);
    assertThat(numbers(packet)).containsExactly(65_535, 1160, OURS);
  }

  @Test
  void sourceThatStartsItsNumbersAnewFollowsWithoutAGap() {
    sent(phone, 500, 7000, 0);
    assertThat(sent(phone, 40_000, 7160, 20)[0]).isEqualTo(65_535);
  }

  @Test
  void leapOfTheSourcesClockIsTakenOut() {
    sent(phone, 500, 7000, 0);
    assertThat(sent(phone, 501, 900_000_000, 20)[1]).isEqualTo(1160);
    assertThat(sent(phone, 502, 900_000_160, 40)[1]).isEqualTo(1320);
  }

  @Test
  void longPauseOfTheSourceIsNoLeap() {
    sent(phone, 500, 7000, 0);
    assertThat(sent(phone, 501, 7000 + 60 * HZ, 60_000)[1]).isEqualTo(1000 + 60 * HZ);
  }

  @Test
  void noNumberGoesOutTwice() {
    sent(phone, 500, 7000, 0);
    sent(phone, 501, 7160, 20);
    assertThat(place(phone, 501, 7160, 21)).isEqualTo(Placed.DROP);
    assertThat(place(phone, 500, 7000, 22)).isEqualTo(Placed.DROP);
  }

  @Test
  void packetsFromBeforeAnInsertionHaveNoPlaceAnyMore() {
    sent(phone, 500, 7000, 0);
    sent(phone, 502, 7320, 40);
    rewriter.insert(Packets.rtp(101, 0, 0, 0), 1480, 50 * MILLI);
    assertThat(place(phone, 501, 7160, 51)).isEqualTo(Placed.DROP);
    assertThat(sent(phone, 503, 7480, 60)[0]).isEqualTo(2);
  }

  @Test
  void insertedPacketsPushTheSourceOn() {
    sent(phone, 500, 7000, 0);
    ByteBuffer digit = Packets.rtp(101, 0, 0, 0);
    rewriter.insert(digit, rewriter.timestampAt(20 * MILLI, HZ), 20 * MILLI);
    assertThat(numbers(digit)).containsExactly(65_535, 1160, OURS);
    assertThat(sent(phone, 501, 7160, 21)).containsExactly(0, 1160, OURS);
  }

  @Test
  void skippedPacketsLeaveNoGap() {
    sent(phone, 500, 7000, 0);
    for (int i = 1; i <= 5000; i++) {
      rewriter.skip(Packets.rtp(0, 500 + i, 7000 + 160 * i, 1), phone, HZ, 20L * i * MILLI);
    }
    int[] resumed = sent(phone, 5501, 7000 + 160 * 5001, 20 * 5001);
    assertThat(resumed).containsExactly(65_535, 1000 + 160 * 5001, OURS);
  }

  @Test
  void numbersLeadBackToTheSource() {
    sent(phone, 500, 7000, 0);
    RtpRewriter.Numbers numbers = rewriter.numbers();
    assertThat(numbers.known()).isTrue();
    assertThat(numbers.sourceSsrc()).isEqualTo(1);
    assertThat(65_534 - numbers.sequenceOffset() & 0xFFFF).isEqualTo(500);
    assertThat(7000 + numbers.timestampOffset()).isEqualTo(1000);
  }

  private Placed place(Object from, int sequence, int timestamp, long atMs) {
    return rewriter.rewrite(Packets.rtp(0, sequence, timestamp, 1), from, HZ, atMs * MILLI);
  }

  private int[] sent(Object from, int sequence, int timestamp, long atMs) {
    ByteBuffer packet = Packets.rtp(0, sequence, timestamp, 1);
    assertThat(rewriter.rewrite(packet, from, HZ, atMs * MILLI)).isNotEqualTo(Placed.DROP);
    return numbers(packet);
  }

  private static int[] numbers(ByteBuffer packet) {
    return new int[] {
      RtpHeader.sequence(packet), RtpHeader.timestamp(packet), RtpHeader.ssrc(packet)
    };
  }
}
