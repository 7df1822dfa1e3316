package org.ringdown.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.ringdown.gateway.media.MediaBench.talk;
import static org.ringdown.gateway.media.MediaBench.voice;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.media.rtp.Packets;
import org.ringdown.gateway.media.rtp.RtpHeader;
import org.ringdown.gateway.sdp.policy.SrtpPolicy;
import org.ringdown.gateway.sdp.sdes.CryptoAttribute;
import org.ringdown.gateway.sdp.sdes.CryptoSuite;
import org.ringdown.webrtc.srtp.SrtpProfile;
import org.ringdown.webrtc.srtp.SrtpSession;

/** Phones that encrypt with keys in their SDP (RFC 4568). */
class SrtpTest {
  private static final Pattern CRYPTO = Pattern.compile("a=crypto:(.+)\\R");

  private final Random random = new Random(4568);
  private MediaBench bench;
  private TestBrowser page;

  @BeforeEach
  void open() throws IOException {
    bench = new MediaBench();
    page = bench.browser("page");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @ParameterizedTest
  @EnumSource
  void aPhoneThatOffersAKeyIsHeardAndHearsEncrypted(CryptoSuite suite) throws MediaException {
    TestPhone phone = bench.phone("phone", SrtpPolicy.REQUIRED);
    String answer = callOf(phone, key(5, suite), 0);
    assertThat(answer).contains(" RTP/SAVP ").contains("a=crypto:5 " + suite.name() + " inline:");
    assertTalk(phone);
    assertThat(figures()).contains("srtp=" + suite.name()).contains("srtpRefused=0");
  }

  /** A page that is called by the phone with this key; both know what they have to know. */
  private String callOf(TestPhone phone, CryptoAttribute own, int mkiBytes) throws MediaException {
    phone.protocol = "RTP/SAVP";
    phone.crypto = line(own, mkiBytes);
    String answer = bench.connect(phone, page);
    phone.srtp = session(own, keyIn(answer, own.tag()));
    return answer;
  }

  private static String line(CryptoAttribute own, int mkiBytes) {
    String lifetime = mkiBytes > 0 ? "|2^31|1:" + mkiBytes : "";
    return "a=crypto:" + own.value() + lifetime + "\r\n";
  }

  private void assertTalk(TestPhone phone) {
    assertThat(Packets.payload(talk(phone, page, 0, 2, 7).get(1)))
        .isEqualTo(Packets.payload(voice(1, 7)));
    assertThat(Packets.payload(talk(page, phone, 0, 2, 8).get(1)))
        .isEqualTo(Packets.payload(voice(1, 8)));
  }

  private CryptoAttribute key(int tag, CryptoSuite suite) {
    byte[] master = new byte[suite.masterBytes()];
    random.nextBytes(master);
    return CryptoAttribute.of(tag, suite, master);
  }

  private static CryptoAttribute keyIn(String sdp, int tag) {
    Matcher lines = CRYPTO.matcher(sdp);
    return lines
        .results()
        .map(line -> CryptoAttribute.parse(line.group(1)))
        .flatMap(Optional::stream)
        .filter(key -> key.tag() == tag)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no key " + tag + " in " + sdp));
  }

  private static SrtpSession session(CryptoAttribute own, CryptoAttribute gateways) {
    SrtpProfile profile =
        SrtpProfile.valueOf(
            own.suite()
                .name()
                .replace("AES_CM_128", "AES128_CM")
                .replace("AES_256_CM", "AES256_CM"));
    return SrtpSession.keyed(profile, own.master(), gateways.master(), 0);
  }

  private String figures() {
    return bench.session.query().toString();
  }

  @ParameterizedTest
  @CsvSource({"OPTIONAL, RTP/AVP, 1", "OPTIONAL, RTP/AVP, 2", "REQUIRED, RTP/SAVP, 2"})
  void aPhoneThatIsCalledTakesOneOfTheKeysOffered(SrtpPolicy policy, String protocol, int tag)
      throws MediaException {
    TestPhone phone = bench.phone("phone", policy);
    String offer = bench.session.offer(page.ref(), page.sdp(), phone.ref());
    assertThat(offer).contains(" " + protocol + " ");
    answerEncrypted(phone, offer, tag, protocol);
    assertTalk(phone);
  }

  private CryptoAttribute answerEncrypted(TestPhone phone, String offer, int tag, String protocol)
      throws MediaException {
    CryptoAttribute theirs = keyIn(offer, tag);
    CryptoAttribute own = key(tag, theirs.suite());
    phone.srtp = session(own, theirs);
    phone.protocol = protocol;
    phone.crypto = line(own, 0);
    bench.answer(page, phone, offer);
    return own;
  }

  @Test
  void aPhoneThatKnowsNothingOfKeysIsCalledInTheClear() throws MediaException {
    TestPhone phone = bench.phone("phone", SrtpPolicy.OPTIONAL);
    bench.connect(page, phone);
    assertTalk(phone);
    assertThat(figures()).contains("srtp=none");
    assertThat(bench.session.offerAgain(phone.ref())).doesNotContain("a=crypto");
  }

  @Test
  void aPhoneMustEncryptWhereItIsRequired() throws MediaException {
    TestPhone phone = bench.phone("phone", SrtpPolicy.REQUIRED);
    assertThatThrownBy(() -> bench.session.offer(phone.ref(), phone.sdp(), page.ref()))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("SRTP is required here");
  }

  @Test
  void aCalledPhoneMustEncryptWhereItIsRequired() throws MediaException {
    TestPhone called = bench.phone("called", SrtpPolicy.REQUIRED);
    bench.session.offer(page.ref(), page.sdp(), called.ref());
    assertThatThrownBy(() -> bench.session.answer(called.ref(), called.sdp()))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("SRTP is required here");
  }

  @Test
  void aPhoneMayNotEncryptWhereItIsOff() {
    TestPhone phone = bench.phone("phone", SrtpPolicy.OFF);
    phone.protocol = "RTP/SAVP";
    phone.crypto = line(key(1, CryptoSuite.AES_CM_128_HMAC_SHA1_80), 0);
    assertThatThrownBy(() -> bench.session.offer(phone.ref(), phone.sdp(), page.ref()))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("SRTP is off here");
  }

  @Test
  void whatIsEncryptedWithAnotherKeyIsNotHeardAndCounted() throws MediaException {
    TestPhone phone = bench.phone("phone", SrtpPolicy.OPTIONAL);
    CryptoAttribute own = key(1, CryptoSuite.AES_CM_128_HMAC_SHA1_80);
    String answer = callOf(phone, own, 0);
    phone.srtp = session(key(1, own.suite()), keyIn(answer, 1));
    phone.send(voice(0, 7));
    phone.srtp = null;
    phone.send(voice(1, 7));
    await().until(() -> figures().contains("srtpRefused=2"));
    assertThat(page.heard()).isEmpty();
    phone.srtp = session(own, keyIn(answer, 1));
    assertThat(talk(phone, page, 2, 1, 7)).hasSize(1);
  }

  /** Whoever finds the port can send what looks like RTP; the phone's sound must not go there. */
  @Test
  void aStrangerWithoutTheKeyDrawsNothingAway() throws MediaException {
    TestPhone phone = bench.phone("phone", SrtpPolicy.REQUIRED);
    TestPhone stranger = bench.phone("stranger", SrtpPolicy.OFF);
    stranger.learn(callOf(phone, key(1, CryptoSuite.AES_CM_128_HMAC_SHA1_80), 0));
    stranger.send(voice(0, 9));
    await().until(() -> figures().contains("srtpRefused=1"));
    assertThat(talk(page, phone, 0, 2, 8)).hasSize(2);
    assertThat(stranger.heard()).isEmpty();
    assertTalkAfter(phone);
  }

  @Test
  void reportsAreEncryptedToo() throws MediaException {
    TestPhone phone = bench.phone("phone", SrtpPolicy.OPTIONAL);
    callOf(phone, key(1, CryptoSuite.AEAD_AES_128_GCM), 0);
    int toPage = RtpHeader.ssrc(talk(phone, page, 0, 1, 7).get(0));
    int toPhone = RtpHeader.ssrc(talk(page, phone, 0, 1, 8).get(0));
    page.sendRtcp(Packets.rtcp(201, 1, 8, toPage, 0, 0, 0, 0, 0));
    await().until(() -> !phone.heardRtcp().isEmpty());
    assertThat(Packets.word(phone.heardRtcp().element(), 4, 0)).isEqualTo(toPhone);
    phone.sendRtcp(Packets.rtcp(201, 1, 7, toPhone, 0, 0, 0, 0, 0));
    await().until(() -> !page.heardRtcp().isEmpty());
    assertThat(Packets.word(page.heardRtcp().element(), 8, 0)).isEqualTo(8);
  }

  @Test
  void aReInviteWithANewKeyGetsANewOneAndOneWithTheSameKeepsAll() throws MediaException {
    TestPhone phone = bench.phone("phone", SrtpPolicy.OPTIONAL);
    CryptoAttribute first = key(1, CryptoSuite.AES_CM_128_HMAC_SHA1_80);
    String answer = callOf(phone, first, 0);
    talk(page, phone, 0, 3, 8);
    assertThat(bench.session.reoffer(phone.ref(), phone.sdp())).isEqualTo(answer);
    assertThat(talk(page, phone, 3, 2, 8)).hasSize(2);

    CryptoAttribute second = key(1, CryptoSuite.AEAD_AES_256_GCM);
    phone.crypto = line(second, 0);
    String fresh = bench.session.reoffer(phone.ref(), phone.sdp());

    assertThat(keyIn(fresh, 1).isSameKey(keyIn(answer, 1))).isFalse();
    phone.srtp = session(second, keyIn(fresh, 1));
    assertThat(talk(page, phone, 5, 2, 8)).hasSize(2);
    assertThat(talk(phone, page, 5, 2, 7)).hasSize(2);
  }

  @Test
  void aHoldRepeatsTheKeyAndTakesANewOneOfThePhone() throws MediaException {
    TestPhone phone = bench.phone("phone", SrtpPolicy.OPTIONAL);
    String offer = bench.session.offer(page.ref(), page.sdp(), phone.ref());
    answerEncrypted(phone, offer, 2, "RTP/AVP");
    talk(page, phone, 0, 2, 8);
    bench.session.hold(page.ref(), true);
    String hold = bench.session.offerAgain(phone.ref());
    assertThat(CRYPTO.matcher(hold).results()).hasSize(1);
    assertThat(keyIn(hold, 2)).isEqualTo(keyIn(offer, 2));

    CryptoAttribute second = key(2, keyIn(offer, 2).suite());
    phone.crypto = line(second, 0);
    bench.session.answerAgain(phone.ref(), phone.sdp(TestPeer.USUAL, "recvonly"));
    bench.session.hold(page.ref(), false);
    bench.session.offerAgain(phone.ref());
    bench.session.answerAgain(phone.ref(), phone.sdp());

    phone.srtp = session(second, keyIn(offer, 2));
    assertTalkAfter(phone);
  }

  private void assertTalkAfter(TestPhone phone) {
    assertThat(talk(phone, page, 10, 2, 7)).hasSize(2);
    assertThat(talk(page, phone, 10, 2, 8)).hasSize(2);
  }

  @Test
  void anAnswerWithAKeyThatWasNotAskedForIsRefused() throws MediaException {
    TestPhone phone = bench.phone("phone", SrtpPolicy.OPTIONAL);
    bench.session.offer(page.ref(), page.sdp(), phone.ref());
    phone.crypto = line(key(9, CryptoSuite.AES_CM_128_HMAC_SHA1_80), 0);
    assertThatThrownBy(() -> bench.session.answer(phone.ref(), phone.sdp()))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("answers none that was offered");
  }

  @Test
  void aMasterKeyIdentifierOfThePhoneIsUnderstood() throws MediaException {
    TestPhone phone = bench.phone("phone", SrtpPolicy.OPTIONAL);
    CryptoAttribute own = key(1, CryptoSuite.AES_CM_128_HMAC_SHA1_80);
    String answer = callOf(phone, own, 4);
    SrtpSession session = session(own, keyIn(answer, 1));
    phone.srtp = null;
    ByteBuffer packet = voice(0, 7);
    session.protectRtp(packet);
    byte[] whole = new byte[packet.remaining()];
    packet.get(whole);
    int at = whole.length - 10;
    phone.send(ByteBuffer.allocate(400).put(whole, 0, at).putInt(1).put(whole, at, 10).flip());
    await().until(() -> !page.heard().isEmpty());
    assertThat(Packets.payload(page.heard().element())).isEqualTo(Packets.payload(voice(0, 7)));
  }
}
