package org.ringdown.gateway.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringdown.gateway.media.rtp.Packets.block;
import static org.ringdown.gateway.media.rtp.Packets.compound;
import static org.ringdown.gateway.media.rtp.Packets.rtcp;
import static org.ringdown.gateway.media.rtp.Packets.word;

import com.google.common.primitives.Ints;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.media.rtp.RtcpRewriter.Mapping;
import org.ringdown.gateway.media.rtp.RtpRewriter.Numbers;

/** The browser sends: it is 0xB0 itself, hears the phone (0xF0) as 0xB1, is 0xF1 to the phone. */
class RtcpRewriterTest {
  private static final int BROWSER = 0xB0;
  private static final int TO_BROWSER = 0xB1;
  private static final int PHONE = 0xF0;
  private static final int TO_PHONE = 0xF1;
  static final Mapping MAPPING =
      new Mapping(
          new Numbers(TO_BROWSER, true, PHONE, 100, 5000),
          new Numbers(TO_PHONE, true, BROWSER, -7, 9000));
  private static final Mapping NOTHING_SENT_YET =
      new Mapping(new Numbers(TO_BROWSER, false, 0, 0, 0), new Numbers(TO_PHONE, false, 0, 0, 0));

  @Test
  void senderReportGetsTheOtherLegsNumbers() {
    ByteBuffer packet =
        rtcp(
            200, 1, Ints.concat(new int[] {BROWSER, 11, 12, 1000, 14, 15}, block(TO_BROWSER, 300)));
    assertThat(RtcpRewriter.rewrite(packet, MAPPING)).isTrue();
    assertThat(packet.remaining()).isEqualTo(52);
    assertThat(word(packet, 4, 0)).isEqualTo(TO_PHONE);
    assertThat(word(packet, 4, 1)).isEqualTo(11);
    assertThat(word(packet, 4, 3)).isEqualTo(10_000);
    assertThat(word(packet, 28, 0)).isEqualTo(PHONE);
    assertThat(word(packet, 28, 2)).isEqualTo(200);
    assertThat(word(packet, 28, 5)).isEqualTo(5);
  }

  @Test
  void blocksOfOtherStreamsAreLeftOut() {
    ByteBuffer packet =
        rtcp(201, 2, Ints.concat(new int[] {BROWSER}, block(0xDEAD, 1), block(TO_BROWSER, 300)));
    assertThat(RtcpRewriter.rewrite(packet, MAPPING)).isTrue();
    assertThat(packet.remaining()).isEqualTo(32);
    assertThat(packet.get(packet.position())).isEqualTo((byte) 0x81);
    assertThat(word(packet, 8, 0)).isEqualTo(PHONE);
  }

  @Test
  void senderReportOfAStreamThatHasNotBegunPassesAsReceiverReport() {
    ByteBuffer packet =
        rtcp(200, 1, Ints.concat(new int[] {BROWSER, 1, 2, 3, 4, 5}, block(TO_BROWSER, 300)));
    assertThat(RtcpRewriter.rewrite(packet, NOTHING_SENT_YET)).isTrue();
    assertThat(packet.remaining()).isEqualTo(8);
    assertThat(packet.get(packet.position() + 1)).isEqualTo((byte) 201);
  }

  @Test
  void lossAndPictureFeedbackReachTheRealSource() {
    ByteBuffer packet =
        compound(
            rtcp(201, 0, BROWSER),
            rtcp(205, 1, BROWSER, TO_BROWSER, 300 << 16 | 0x0F),
            rtcp(206, 1, BROWSER, TO_BROWSER),
            rtcp(206, 4, BROWSER, 0, TO_BROWSER, 0x03000000));
    assertThat(RtcpRewriter.rewrite(packet, MAPPING)).isTrue();
    assertThat(packet.remaining()).isEqualTo(8 + 16 + 12 + 20);
    assertThat(word(packet, 8, 1)).isEqualTo(TO_PHONE);
    assertThat(word(packet, 8, 2)).isEqualTo(PHONE);
    assertThat(word(packet, 8, 3)).isEqualTo(200 << 16 | 0x0F);
    assertThat(word(packet, 24, 2)).isEqualTo(PHONE);
    assertThat(word(packet, 36, 3)).isEqualTo(PHONE);
    assertThat(word(packet, 36, 4)).isEqualTo(0x03000000);
  }

  @Test
  void whatConcernsOneLegOnlyIsNotPassed() {
    ByteBuffer packet =
        compound(
            rtcp(201, 0, BROWSER),
            rtcp(206, 15, BROWSER, 0, 0x52454D42, 0x01000000, TO_BROWSER),
            rtcp(205, 15, BROWSER, TO_BROWSER, 0, 0),
            rtcp(207, 0, BROWSER, 0x04000002, 0, 0),
            rtcp(204, 0, BROWSER, 0x41424344),
            rtcp(203, 1, BROWSER));
    assertThat(RtcpRewriter.rewrite(packet, MAPPING)).isTrue();
    assertThat(packet.remaining()).isEqualTo(8);
  }

  @Test
  void goodbyeAloneLeavesNothingToSend() {
    assertThat(RtcpRewriter.rewrite(rtcp(203, 1, BROWSER), MAPPING)).isFalse();
  }

  @Test
  void sourceDescriptionPassesUnderTheOtherSsrc() {
    ByteBuffer packet = compound(rtcp(201, 0, BROWSER), rtcp(202, 1, BROWSER, 0x01026162, 0));
    assertThat(RtcpRewriter.rewrite(packet, MAPPING)).isTrue();
    assertThat(word(packet, 8, 1)).isEqualTo(TO_PHONE);
    assertThat(word(packet, 8, 2)).isEqualTo(0x01026162);
  }

  @Test
  void paddingIsNotTakenForContent() {
    ByteBuffer packet = rtcp(205, 1, BROWSER, TO_BROWSER, 300 << 16, 0x00000004);
    packet.put(packet.position(), (byte) 0xA1);
    assertThat(RtcpRewriter.rewrite(packet, MAPPING)).isTrue();
    assertThat(packet.remaining()).isEqualTo(16);
    assertThat(packet.get(packet.position())).isEqualTo((byte) 0x81);
  }

  @Test
  void bundledPacketsAreToldApartByTheSsrcsTheyName() {
    ByteBuffer bySender = rtcp(201, 0, BROWSER);
    ByteBuffer byBlock = rtcp(201, 1, Ints.concat(new int[] {1}, block(TO_BROWSER, 0)));
    ByteBuffer byPicture = compound(rtcp(201, 0, 1), rtcp(206, 1, 1, TO_BROWSER));
    ByteBuffer byIntra = rtcp(206, 4, 1, 0, TO_BROWSER, 0);
    assertThat(RtcpRewriter.concerns(bySender, BROWSER, TO_BROWSER)).isTrue();
    assertThat(RtcpRewriter.concerns(byBlock, BROWSER, TO_BROWSER)).isTrue();
    assertThat(RtcpRewriter.concerns(byPicture, BROWSER, TO_BROWSER)).isTrue();
    assertThat(RtcpRewriter.concerns(byIntra, BROWSER, TO_BROWSER)).isTrue();
    assertThat(RtcpRewriter.concerns(byBlock, BROWSER, 0xB2)).isFalse();
  }
}
