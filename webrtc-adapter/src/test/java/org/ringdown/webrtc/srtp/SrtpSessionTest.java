package org.ringdown.webrtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpSessionTest {
  private static final int SSRC = 0x1234_5678;

  @ParameterizedTest
  @EnumSource
  void whatOneSideProtectsTheOtherUnprotects(SrtpProfile profile) {
    Pair pair = new Pair(profile);
    ByteBuffer rtp = rtp(SSRC, 7, 160);
    ByteBuffer rtcp = rtcp(SSRC, 44);
    byte[] plainRtp = bytes(rtp);
    byte[] plainRtcp = bytes(rtcp);

    assertThat(pair.client.protectRtp(rtp)).isEqualTo(SrtpResult.OK);
    assertThat(pair.client.protectRtcp(rtcp)).isEqualTo(SrtpResult.OK);
    assertThat(bytes(rtp)).startsWith(Arrays.copyOf(plainRtp, 12)).isNotEqualTo(plainRtp);

    assertThat(pair.server.unprotectRtp(rtp)).isEqualTo(SrtpResult.OK);
    assertThat(pair.server.unprotectRtcp(rtcp)).isEqualTo(SrtpResult.OK);
    assertThat(bytes(rtp)).isEqualTo(plainRtp);
    assertThat(bytes(rtcp)).isEqualTo(plainRtcp);
  }

  @ParameterizedTest
  @EnumSource
  void oneFlippedBitAnywhereIsNoticed(SrtpProfile profile) {
    Pair pair = new Pair(profile);
    ByteBuffer packet = rtp(SSRC, 7, 20);
    pair.client.protectRtp(packet);
    for (int bit = 0; bit < 8 * packet.limit(); bit++) {
      ByteBuffer broken = room(bytes(packet));
      broken.put(bit / 8, (byte) (broken.get(bit / 8) ^ (1 << bit % 8)));
      assertThat(pair.server.unprotectRtp(broken)).isNotEqualTo(SrtpResult.OK);
    }
    assertThat(pair.server.unprotectRtp(packet)).isEqualTo(SrtpResult.OK);
  }

  @ParameterizedTest
  @EnumSource
  void aCopyIsReplayedAndRefused(SrtpProfile profile) {
    Pair pair = new Pair(profile);
    ByteBuffer rtp = rtp(SSRC, 7, 20);
    ByteBuffer rtcp = rtcp(SSRC, 20);
    pair.client.protectRtp(rtp);
    pair.client.protectRtcp(rtcp);
    byte[] rtpCopy = bytes(rtp);
    byte[] rtcpCopy = bytes(rtcp);
    pair.server.unprotectRtp(rtp);
    pair.server.unprotectRtcp(rtcp);

    assertThat(pair.server.unprotectRtp(room(rtpCopy))).isEqualTo(SrtpResult.REPLAYED);
    assertThat(pair.server.unprotectRtcp(room(rtcpCopy))).isEqualTo(SrtpResult.REPLAYED);
  }

  @Test
  void theSameKeystreamIsNeverUsedTwice() {
    Pair pair = new Pair(SrtpProfile.AEAD_AES_128_GCM);
    pair.client.protectRtp(rtp(SSRC, 7, 20));

    assertThat(pair.client.protectRtp(rtp(SSRC, 7, 30))).isEqualTo(SrtpResult.REPLAYED);
  }

  @ParameterizedTest
  @EnumSource
  void sequenceNumbersRollOverAndLateOnesStillFit(SrtpProfile profile) {
    Pair pair = new Pair(profile);
    int[] order = {65_533, 65_535, 0, 65_534, 2, 1};
    for (int sequence : order) {
      ByteBuffer packet = rtp(SSRC, sequence, 20);
      byte[] plain = bytes(packet);
      assertThat(pair.client.protectRtp(packet)).isEqualTo(SrtpResult.OK);
      assertThat(pair.server.unprotectRtp(packet)).as("%d", sequence).isEqualTo(SrtpResult.OK);
      assertThat(bytes(packet)).isEqualTo(plain);
    }
  }

  @Test
  void manyRollOversAreFollowed() {
    Pair pair = new Pair(SrtpProfile.AES128_CM_HMAC_SHA1_80);
    for (int i = 0; i < 5 * 65_536; i += 500) {
      ByteBuffer packet = rtp(SSRC, i & 0xFFFF, 4);
      pair.client.protectRtp(packet);
      assertThat(pair.server.unprotectRtp(packet)).isEqualTo(SrtpResult.OK);
    }
  }

  @Test
  void everyStreamHasItsOwnCount() {
    Pair pair = new Pair(SrtpProfile.AEAD_AES_256_GCM);
    for (int ssrc = 1; ssrc <= 40; ssrc++) {
      for (int sequence : new int[] {60_000 + ssrc, 60_001 + ssrc}) {
        ByteBuffer packet = rtp(ssrc, sequence, 20);
        assertThat(pair.client.protectRtp(packet)).isEqualTo(SrtpResult.OK);
        assertThat(pair.server.unprotectRtp(packet)).isEqualTo(SrtpResult.OK);
      }
    }
  }

  @Test
  void forgedStreamsLeaveNoTrace() {
    Pair pair = new Pair(SrtpProfile.AES128_CM_HMAC_SHA1_80);
    for (int ssrc = 0; ssrc < 5_000; ssrc++) {
      assertThat(pair.server.unprotectRtp(rtp(ssrc, 1, 40))).isEqualTo(SrtpResult.NOT_AUTHENTIC);
    }
    ByteBuffer honest = rtp(SSRC, 1, 40);
    pair.client.protectRtp(honest);
    assertThat(pair.server.unprotectRtp(honest)).isEqualTo(SrtpResult.OK);
  }

  @Test
  void aPeerCannotOpenStreamsWithoutEnd() {
    Pair pair = new Pair(SrtpProfile.AES128_CM_HMAC_SHA1_32);
    SrtpResult last = SrtpResult.OK;
    for (int ssrc = 0; ssrc < 2_000 && last == SrtpResult.OK; ssrc++) {
      last = pair.client.protectRtp(rtp(ssrc, 1, 20));
    }
    assertThat(last).isEqualTo(SrtpResult.TOO_MANY_STREAMS);
  }

  @ParameterizedTest
  @EnumSource
  void shortAndLyingPacketsAreMalformed(SrtpProfile profile) {
    Pair pair = new Pair(profile);
    for (int length = 0; length < 14; length++) {
      assertThat(pair.server.unprotectRtp(room(new byte[length]))).isEqualTo(SrtpResult.MALFORMED);
      assertThat(pair.server.unprotectRtcp(room(new byte[length]))).isEqualTo(SrtpResult.MALFORMED);
    }
    ByteBuffer extension = rtp(SSRC, 1, 20).put(0, (byte) 0x90).putShort(14, (short) 0xFFFF);
    assertThat(pair.server.unprotectRtp(extension)).isEqualTo(SrtpResult.MALFORMED);
    assertThat(pair.client.protectRtp(extension)).isEqualTo(SrtpResult.MALFORMED);
    ByteBuffer sources = rtp(SSRC, 1, 20).put(0, (byte) 0x8F);
    assertThat(pair.server.unprotectRtp(sources)).isEqualTo(SrtpResult.MALFORMED);
  }

  @Test
  void headerExtensionsStayReadable() {
    Pair pair = new Pair(SrtpProfile.AEAD_AES_128_GCM);
    ByteBuffer packet =
        rtp(SSRC, 1, 40).put(0, (byte) 0x91).putShort(16, (short) 0xBEDE).putShort(18, (short) 1);
    byte[] plain = bytes(packet);
    pair.client.protectRtp(packet);

    assertThat(bytes(packet)).startsWith(Arrays.copyOf(plain, 12 + 4 + 4 + 4));
    assertThat(pair.server.unprotectRtp(packet)).isEqualTo(SrtpResult.OK);
    assertThat(bytes(packet)).isEqualTo(plain);
  }

  @Test
  void unencryptedRtcpIsRefused() {
    Pair pair = new Pair(SrtpProfile.AES128_CM_HMAC_SHA1_80);
    ByteBuffer packet = rtcp(SSRC, 40);
    pair.client.protectRtcp(packet);
    int index = packet.limit() - 14;
    packet.putInt(index, packet.getInt(index) & 0x7FFF_FFFF);

    assertThat(pair.server.unprotectRtcp(packet)).isEqualTo(SrtpResult.MALFORMED);
  }

  @Test
  void aPacketWithinALargerBufferIsDoneInPlace() {
    Pair pair = new Pair(SrtpProfile.AEAD_AES_128_GCM);
    ByteBuffer around = ByteBuffer.allocate(300);
    around.position(50);
    ByteBuffer packet = around.slice().put(bytes(rtp(SSRC, 9, 60))).flip();
    pair.client.protectRtp(packet);

    assertThat(pair.server.unprotectRtp(packet)).isEqualTo(SrtpResult.OK);
    assertThat(bytes(packet)).isEqualTo(bytes(rtp(SSRC, 9, 60)));
  }

  @Test
  void aBufferWithoutRoomIsAnErrorOfTheCaller() {
    Pair pair = new Pair(SrtpProfile.AEAD_AES_128_GCM);
    ByteBuffer full = ByteBuffer.wrap(bytes(rtp(SSRC, 9, 60)));
    assertThatThrownBy(() -> pair.client.protectRtp(full))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource
  void eachSideChoosesTheKeyOfWhatItSends(SrtpProfile profile) {
    SrtpSession phone = SrtpSession.keyed(profile, key(profile, 1), key(profile, 2), 0);
    SrtpSession gateway = SrtpSession.keyed(profile, key(profile, 2), key(profile, 1), 0);
    ByteBuffer there = rtp(SSRC, 7, 20);
    ByteBuffer back = rtcp(SSRC, 20);
    byte[] plain = bytes(there);

    phone.protectRtp(there);
    gateway.protectRtcp(back);

    assertThat(gateway.unprotectRtp(there)).isEqualTo(SrtpResult.OK);
    assertThat(bytes(there)).isEqualTo(plain);
    assertThat(phone.unprotectRtcp(back)).isEqualTo(SrtpResult.OK);
  }

  @ParameterizedTest
  @EnumSource
  void aMasterKeyIdentifierIsCutOut(SrtpProfile profile) {
    SrtpSession phone = SrtpSession.keyed(profile, key(profile, 1), key(profile, 2), 0);
    SrtpSession gateway = SrtpSession.keyed(profile, key(profile, 2), key(profile, 1), 4);
    ByteBuffer rtp = rtp(SSRC, 7, 20);
    ByteBuffer rtcp = rtcp(SSRC, 20);
    byte[] plainRtp = bytes(rtp);
    byte[] plainRtcp = bytes(rtcp);
    phone.protectRtp(rtp);
    phone.protectRtcp(rtcp);

    ByteBuffer marked = withMki(rtp, profile.rtpBytesBehindMki());
    ByteBuffer markedRtcp = withMki(rtcp, profile.rtcpBytesBehindMki());

    assertThat(gateway.unprotectRtp(marked)).isEqualTo(SrtpResult.OK);
    assertThat(bytes(marked)).isEqualTo(plainRtp);
    assertThat(gateway.unprotectRtcp(markedRtcp)).isEqualTo(SrtpResult.OK);
    assertThat(bytes(markedRtcp)).isEqualTo(plainRtcp);
    assertThat(gateway.unprotectRtp(room(new byte[3]))).isEqualTo(SrtpResult.MALFORMED);
  }

  private static ByteBuffer withMki(ByteBuffer packet, int bytesBehind) {
    byte[] whole = bytes(packet);
    int at = whole.length - bytesBehind;
    ByteBuffer marked = ByteBuffer.allocate(whole.length + 64);
    return marked.put(whole, 0, at).putInt(1).put(whole, at, bytesBehind).flip();
  }

  @Test
  void aNewKeyOfThePeerLeavesOurCountAsItIs() {
    SrtpProfile profile = SrtpProfile.AES128_CM_HMAC_SHA1_80;
    SrtpSession phone = SrtpSession.keyed(profile, key(profile, 1), key(profile, 2), 0);
    SrtpSession before = SrtpSession.keyed(profile, key(profile, 2), key(profile, 1), 0);
    ByteBuffer late = rtp(SSRC, 6, 20);
    phone.protectRtp(late);
    assertThat(before.protectRtp(rtp(SSRC, 65_535, 20))).isEqualTo(SrtpResult.OK);
    assertThat(before.protectRtp(rtp(SSRC, 0, 20))).isEqualTo(SrtpResult.OK);

    SrtpSession after = before.withPeerKey(key(profile, 3), 0);

    assertThat(after.protectRtp(rtp(SSRC, 0, 20))).isEqualTo(SrtpResult.REPLAYED);
    assertThat(after.unprotectRtp(late)).isEqualTo(SrtpResult.NOT_AUTHENTIC);
    ByteBuffer fresh = rtp(SSRC, 7, 20);
    SrtpSession.keyed(profile, key(profile, 3), key(profile, 2), 0).protectRtp(fresh);
    assertThat(after.unprotectRtp(fresh)).isEqualTo(SrtpResult.OK);
  }

  @Test
  void aKeyOfTheWrongLengthIsAnErrorOfTheCaller() {
    SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;
    assertThatThrownBy(() -> SrtpSession.keyed(profile, new byte[30], key(profile, 1), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] key(SrtpProfile profile, int seed) {
    byte[] key = new byte[profile.masterBytes()];
    new Random(seed).nextBytes(key);
    return key;
  }

  private static ByteBuffer rtp(int ssrc, int sequence, int payload) {
    ByteBuffer packet = room(new byte[12 + payload]);
    for (int i = 12; i < packet.limit(); i++) {
      packet.put(i, (byte) i);
    }
    return packet.put(0, (byte) 0x80).putShort(2, (short) sequence).putInt(8, ssrc);
  }

  private static ByteBuffer rtcp(int ssrc, int body) {
    return room(new byte[8 + body]).put(0, (byte) 0x80).put(1, (byte) 200).putInt(4, ssrc);
  }

  private static ByteBuffer room(byte[] bytes) {
    return ByteBuffer.allocate(bytes.length + SrtpSession.MAX_OVERHEAD_BYTES).put(bytes).flip();
  }

  private static byte[] bytes(ByteBuffer packet) {
    byte[] bytes = new byte[packet.remaining()];
    packet.get(packet.position(), bytes);
    return bytes;
  }

  /** Both ends of a session. */
  private static final class Pair {
    final SrtpSession client;
    final SrtpSession server;

    Pair(SrtpProfile profile) {
      byte[] keys = new byte[profile.keyingMaterialBytes()];
      new Random(1).nextBytes(keys);
      client = SrtpSession.create(profile, keys, true);
      server = SrtpSession.create(profile, keys, false);
    }
  }
}
