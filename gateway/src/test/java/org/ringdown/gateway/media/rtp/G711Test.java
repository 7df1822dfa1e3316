package org.ringdown.gateway.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class G711Test {
  @Test
  void knownSamplesHaveTheirCodes() {
    assertThat(G711.muLaw(0)).isEqualTo((byte) 0xFF);
    assertThat(G711.muLaw(32_767)).isEqualTo((byte) 0x80);
    assertThat(G711.muLaw(-32_768)).isEqualTo((byte) 0x00);
    assertThat(G711.aLaw(0)).isEqualTo((byte) 0xD5);
    assertThat(G711.aLaw(32_767)).isEqualTo((byte) 0xAA);
    assertThat(G711.aLaw(-32_768)).isEqualTo((byte) 0x2A);
  }

  @Test
  void everySampleComesBackWithinTheErrorOfItsSegment() {
    for (int sample = -32_000; sample <= 32_000; sample += 7) {
      int allowed = Math.max(64, Math.abs(sample) / 16);
      assertThat(G711.ofMuLaw(G711.muLaw(sample))).isBetween(sample - allowed, sample + allowed);
      assertThat(G711.ofALaw(G711.aLaw(sample))).isBetween(sample - allowed, sample + allowed);
    }
  }

  @Test
  void aTripThroughTheOtherLawMovesNoSampleFurtherThanThatLawHasTo() {
    for (int code = 0; code < 256; code++) {
      int sample = G711.ofMuLaw((byte) code);
      int there = G711.ofALaw(converted((byte) code, true));
      assertThat(Math.abs(there - sample)).isLessThanOrEqualTo(Math.max(8, Math.abs(sample) / 32));
      sample = G711.ofALaw((byte) code);
      int back = G711.ofMuLaw(converted((byte) code, false));
      assertThat(Math.abs(back - sample)).isLessThanOrEqualTo(Math.max(8, Math.abs(sample) / 32));
    }
  }

  private static byte converted(byte code, boolean toALaw) {
    ByteBuffer packet = Packets.rtp(0, 1, 160, 7, code);
    G711.convert(packet, RtpHeader.BYTES, toALaw);
    return Packets.payload(packet)[0];
  }

  @Test
  void headerAndPaddingStayAsTheyAre() {
    ByteBuffer packet = Packets.rtp(0, 1, 160, 7, (byte) 0xFF, (byte) 0, (byte) 0, (byte) 3);
    packet.put(packet.position(), (byte) 0xA0);
    G711.convert(packet, RtpHeader.BYTES, true);
    assertThat(RtpHeader.ssrc(packet)).isEqualTo(7);
    assertThat(Packets.payload(packet)).containsExactly(0xD5, 0, 0, 3);
  }

  @Test
  void paddingLongerThanThePacketConvertsNothing() {
    ByteBuffer packet = Packets.rtp(0, 1, 160, 7, (byte) 1, (byte) 200);
    packet.put(packet.position(), (byte) 0xA0);
    G711.convert(packet, RtpHeader.BYTES, true);
    assertThat(Packets.payload(packet)).containsExactly(1, 200);
  }
}
