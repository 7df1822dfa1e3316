package org.ringdown.webrtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.BaseEncoding;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other implementations and the RFCs say our bytes must be. */
class KnownAnswersTest {
  private static final String MASTER_KEY = "e1f97a0d3e018be0d64fa32c06de4139";
  private static final String MASTER_SALT = "0ec675ad498afeebb6960b3aabe6";
  private static final String RTP = "800f1234decafbadcafebabeabababababababababababababababab";
  private static final String RTCP = "81c8000bcafebabeabababababababababababababababab";

  @Test
  void sessionKeysAreThoseOfRfc3711AppendixB3() {
    KeyDerivation keys = new KeyDerivation(hex(MASTER_KEY), hex(MASTER_SALT), KeyDerivation.RTP);

    assertThat(keys.encryptionKey(16)).isEqualTo(hex("c61e7a93744f39ee10734afe3ff7a087"));
    assertThat(keys.salt(14)).isEqualTo(hex("30cbbc08863d8c85d49db34a9ae1"));
    assertThat(keys.authenticationKey(20))
        .isEqualTo(hex("cebe321f6ff7716b6fd4ab49af256a156d38baa4"));
  }

  @Test
  void sessionKeysAreThoseOfRfc6188Section72() {
    KeyDerivation keys =
        new KeyDerivation(
            hex("f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6"),
            hex("3b04803de51ee7c96423ab5b78d2"),
            KeyDerivation.RTP);

    assertThat(keys.encryptionKey(32))
        .isEqualTo(hex("5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4"));
    assertThat(keys.salt(14)).isEqualTo(hex("fa31791685ca444a9e07c6c64e93"));
    assertThat(keys.authenticationKey(20))
        .isEqualTo(hex("fd9c32d39ed5fbb5a9dc96b30818454d1313dc05"));
  }

  @Test
  void galoisModeGivesTheCiphertextOfRfc7714Section16() throws Exception {
    GcmCipher cipher =
        new GcmCipher(
            hex("000102030405060708090a0b0c0d0e0f"), hex("517569642070726f2071756f"), false);
    ByteBuffer packet =
        packet(
            "8040f17b8041f8d35501a0b2"
                + "47616c6c696120657374206f6d6e697320646976697361"
                + "20696e207061727465732074726573");
    Frame frame = new Frame();
    assertThat(frame.rtp(packet)).isTrue();
    frame.index = 0xf17b;

    cipher.protect(frame);
    frame.limit(packet);

    assertThat(hex(packet))
        .isEqualTo(
            "8040f17b8041f8d35501a0b2"
                + "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b"
                + "36de3adf8833899d7f27beb16a9152cf765ee4390cce");
  }

  @ParameterizedTest
  @CsvSource({
    "AES128_CM_HMAC_SHA1_80, e1f97a0d3e018be0d64fa32c06de4139, 0ec675ad498afeebb6960b3aabe6,"
        + " 4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb",
    "AEAD_AES_128_GCM, 000102030405060708090a0b0c0d0e0f, a0a1a2a3a4a5a6a7a8a9aaab,"
        + " c5002ede04cfdd2eb91159e0880aa06ed2976826f796b201df3131a127e8a392",
  })
  void rtpIsProtectedAsOthersDo(SrtpProfile profile, String key, String salt, String payload) {
    SrtpSession session = session(profile, key, salt);
    ByteBuffer packet = packet(RTP);

    assertThat(session.protectRtp(packet)).isEqualTo(SrtpResult.OK);

    assertThat(hex(packet)).isEqualTo(RTP.substring(0, 24) + payload);
    assertThat(session.unprotectRtp(packet)).isEqualTo(SrtpResult.OK);
    assertThat(hex(packet)).isEqualTo(RTP);
  }

  @ParameterizedTest
  @CsvSource({
    "AES128_CM_HMAC_SHA1_80, e1f97a0d3e018be0d64fa32c06de4139, 0ec675ad498afeebb6960b3aabe6,"
        + " 7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798",
    "AEAD_AES_128_GCM, 000102030405060708090a0b0c0d0e0f, a0a1a2a3a4a5a6a7a8a9aaab,"
        + " c98b8b5df0392a55852b6c21ac8e7025c52c6fbea2b3b446ea31123ba88ce61e80000001",
  })
  void rtcpIsProtectedAsOthersDo(SrtpProfile profile, String key, String salt, String payload) {
    SrtpSession session = session(profile, key, salt);
    ByteBuffer theirs = packet(RTCP.substring(0, 16) + payload);

    assertThat(session.unprotectRtcp(theirs)).isEqualTo(SrtpResult.OK);
    assertThat(hex(theirs)).isEqualTo(RTCP);

    session.protectRtcp(packet(RTCP)); // theirs counts from 1, ours from 0
    ByteBuffer ours = packet(RTCP);
    assertThat(session.protectRtcp(ours)).isEqualTo(SrtpResult.OK);
    assertThat(hex(ours)).isEqualTo(RTCP.substring(0, 16) + payload);
  }

  /** A session that has the same keys in both directions. */
  private static SrtpSession session(SrtpProfile profile, String key, String salt) {
    return SrtpSession.create(profile, hex(key + key + salt + salt), true);
  }

  private static ByteBuffer packet(String hex) {
    byte[] bytes = hex(hex);
    return ByteBuffer.allocate(bytes.length + SrtpSession.MAX_OVERHEAD_BYTES).put(bytes).flip();
  }

  private static byte[] hex(String text) {
    return BaseEncoding.base16().decode(text.toUpperCase(Locale.ROOT));
  }

  private static String hex(ByteBuffer packet) {
    byte[] bytes = new byte[packet.remaining()];
    packet.get(packet.position(), bytes);
    return BaseEncoding.base16().encode(bytes).toLowerCase(Locale.ROOT);
  }
}
