package org.ringdown.gateway.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RtpHeaderTest {
  @Test
  void readsTheFieldsWhereverThePacketBegins() {
    ByteBuffer packet = Packets.rtp(0x80 | 101, 65_535, -1, 0xCAFEBABE, (byte) 1);
    assertThat(RtpHeader.marker(packet)).isTrue();
    assertThat(RtpHeader.payloadType(packet)).isEqualTo(101);
    assertThat(RtpHeader.sequence(packet)).isEqualTo(65_535);
    assertThat(RtpHeader.timestamp(packet)).isEqualTo(-1);
    assertThat(RtpHeader.ssrc(packet)).isEqualTo(0xCAFEBABE);
  }

  @Test
  void settingThePayloadTypeKeepsTheMarker() {
    ByteBuffer packet = Packets.rtp(0x80 | 101, 1, 2, 3);
    RtpHeader.setPayloadType(packet, 8);
    assertThat(RtpHeader.payloadType(packet)).isEqualTo(8);
    assertThat(RtpHeader.marker(packet)).isTrue();
  }

  @Test
  void payloadBeginsBehindContributingSourcesAndExtension() {
    ByteBuffer packet = Packets.rtp(0, 1, 2, 3, new byte[40]);
    int start = packet.position();
    assertThat(RtpHeader.payloadOffset(packet)).isEqualTo(12);
    packet.put(start, (byte) 0x92);
    packet.putShort(start + 12 + 8 + 2, (short) 3);
    assertThat(RtpHeader.payloadOffset(packet)).isEqualTo(12 + 8 + 4 + 12);
  }

  @Test
  void cutOffOrForeignPacketsHaveNoPayload() {
    ByteBuffer packet = Packets.rtp(0, 1, 2, 3, new byte[6]);
    int start = packet.position();
    packet.put(start, (byte) 0x8F);
    assertThat(RtpHeader.payloadOffset(packet)).isEqualTo(-1);
    packet.put(start, (byte) 0x90).putShort(start + 14, (short) 9);
    assertThat(RtpHeader.payloadOffset(packet)).isEqualTo(-1);
    packet.put(start, (byte) 0x40);
    assertThat(RtpHeader.payloadOffset(packet)).isEqualTo(-1);
    assertThat(RtpHeader.payloadOffset(ByteBuffer.allocate(11))).isEqualTo(-1);
  }
}
