package org.ringdown.webrtc.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ringdown.webrtc.dtls.Fingerprints;
import org.ringdown.webrtc.ice.StunWriter;
import org.ringdown.webrtc.media.PeerTransport.State;
import org.ringdown.webrtc.srtp.SrtpProfile;

/** A browser against the real port, over loopback: how calls begin. */
class PeerTransportsTest {
  private static final InetAddress LOOPBACK = InetAddresses.forString("127.0.0.1");
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final byte[] SOUND = new byte[160];

  private final RecordingListener listener = new RecordingListener();

  @SuppressWarnings("NullAway.Init")
  private PeerTransports port;

  @SuppressWarnings("NullAway.Init")
  private TestBrowser browser;

  @SuppressWarnings("NullAway.Init")
  private PeerTransport transport;

  @BeforeEach
  void open() throws Exception {
    port = PeerTransports.open(config(LOOPBACK));
    browser = TestBrowser.open(TestBrowser.everyProfile());
    transport = port.create(listener);
  }

  @AfterEach
  void close() {
    browser.close();
    port.close();
  }

  private static PeerTransports.Config config(InetAddress bind) {
    return new PeerTransports.Config(
        new InetSocketAddress(bind, 0), ImmutableList.of(), 2, LONG, LONG, LONG);
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10));
  }

  private void connected() {
    transport.connect(browser.description(), false);
    browser.call(transport);
    awaitMedia();
  }

  private void awaitMedia() {
    soon().until(() -> transport.state() == State.CONNECTED && browser.secured());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AES256_CM_HMAC_SHA1_80")
  void mediaFlowsBothWaysWithEveryProfile(SrtpProfile profile) throws Exception {
    browser.close();
    browser = TestBrowser.open(profile);
    connected();
    assertThat(browser.result().srtpProfile()).isEqualTo(profile.id());

    browser.sendRtp(1, SOUND);
    browser.sendRtcp(new byte[20]);
    transport.sendRtp(TestBrowser.rtpPacket(7, 1, SOUND));
    transport.sendRtcp(TestBrowser.rtcpPacket(7, new byte[20]));

    assertThat(listener.rtp().poll(20, TimeUnit.SECONDS))
        .isEqualTo(plain(TestBrowser.rtpPacket(0xCAFE, 1, SOUND)));
    assertThat(listener.rtcp().poll(20, TimeUnit.SECONDS)).hasSize(28);
    assertThat(browser.rtp().poll(20, TimeUnit.SECONDS)).hasSize(172);
    assertThat(browser.rtcp().poll(20, TimeUnit.SECONDS)).hasSize(28);
    assertThat(listener.states()).containsExactly(State.CONNECTING, State.CONNECTED);
    assertThat(transport.evidence())
        .containsEntry("srtpProfile", profile.name())
        .containsEntry("rtpReceived", 1L)
        .containsEntry("rtpSent", 1L)
        .containsEntry("rtcpReceived", 1L)
        .containsEntry("rtcpSent", 1L)
        .containsEntry("nominated", true)
        .containsEntry("dtlsRole", "server");
  }

  private static byte[] plain(ByteBuffer packet) {
    byte[] bytes = new byte[packet.remaining()];
    packet.get(bytes);
    return bytes;
  }

  @Test
  void whatIsOfferedIsWhatABrowserNeeds() {
    assertThat(transport.candidates())
        .containsExactly("1 1 udp 2130706431 127.0.0.1 " + port.local().getPort() + " typ host");
    assertThat(transport.defaultAddress())
        .isEqualTo(new InetSocketAddress(LOOPBACK, port.local().getPort()));
    assertThat(transport.fingerprint()).startsWith("sha-256 ");
    assertThat(transport.state()).isEqualTo(State.NEW);
  }

  @Test
  void aBrowserFasterThanItsAnswerIsServedAtOnceButNotHeard() throws Exception {
    browser.call(transport);
    soon().until(browser::secured);
    assertThat(transport.state()).isEqualTo(State.CONNECTING);
    browser.sendRtp(1, SOUND);
    soon().until(() -> Objects.equals(transport.evidence().get("packetsRefused"), 1L));

    transport.connect(browser.description(), false);

    assertThat(transport.state()).isEqualTo(State.CONNECTED);
    browser.sendRtp(2, SOUND);
    assertThat(listener.rtp().poll(20, TimeUnit.SECONDS)).isNotNull();
    assertThat(browser.handshakes()).isEqualTo(1);
  }

  @Test
  void anEarlyHandshakeByAStrangerFailsWhenTheFingerprintBecomesKnown() {
    browser.call(transport);
    soon().until(browser::secured);
    transport.connect(browser.description("sha-256 " + "00:".repeat(31) + "00"), false);

    soon().until(() -> transport.state() == State.DTLS_FAILED);
    assertThat(transport.evidence().get("failure")).asString().contains("certificate");
    soon().until(browser::gone);
  }

  @Test
  void anotherFingerprintThanAnnouncedFailsTheHandshake() {
    transport.connect(browser.description("sha-256 " + "00:".repeat(31) + "00"), false);
    browser.call(transport);

    soon().until(() -> transport.state() == State.DTLS_FAILED);
    soon().until(browser::gone);
    assertThat(listener.states()).containsExactly(State.CONNECTING, State.DTLS_FAILED);
    assertThat(transport.evidence().get("failure")).asString().contains("certificate");
    assertThat(transport.evidence().get("detail")).asString().contains("bad_certificate");
  }

  @Test
  void aPassiveBrowserGetsOurClientHello() throws Exception {
    browser.awaitHandshake();
    browser.learn(transport);
    browser.check(true);
    transport.connect(browser.description(), true);
    awaitMedia();

    assertThat(transport.evidence()).containsEntry("dtlsRole", "client");
    browser.sendRtp(1, SOUND);
    assertThat(listener.rtp().poll(20, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void theBrowserSeesOurCertificate() {
    connected();
    assertThat(Fingerprints.sha256(browser.result().peerCertificate()))
        .isEqualTo(transport.fingerprint());
  }

  @Test
  void manyCallsShareThePort() throws Exception {
    for (int i = 0; i < 20; i++) {
      RecordingListener each = new RecordingListener();
      PeerTransport call = port.create(each);
      try (TestBrowser peer = TestBrowser.open(SrtpProfile.AEAD_AES_128_GCM)) {
        call.connect(peer.description(), false);
        peer.call(call);
        soon().until(() -> call.state() == State.CONNECTED && peer.secured());
        peer.sendRtp(i, SOUND);
        assertThat(each.rtp().poll(20, TimeUnit.SECONDS)).isNotNull();
      }
      call.close();
    }
    assertThat(listener.rtp()).isEmpty();
    assertThat(port.size()).isEqualTo(1);
  }

  @Test
  void thePortIsAStunServerToo() {
    browser.learn(transport);
    browser.send(StunWriter.request(new byte[12]).fingerprint().build());
    soon().until(() -> browser.responses().size() == 1);
    assertThat(browser.responses().get(0).xorMappedAddress()).hasValue(browser.local());
  }

  @Test
  void packetsFromAddressesThatWereNeverCheckedAreDropped() throws Exception {
    connected();
    ByteBuffer rtp = TestBrowser.rtpPacket(1, 1, SOUND);
    try (TestBrowser stranger = TestBrowser.open(SrtpProfile.AEAD_AES_128_GCM)) {
      stranger.learn(transport);
      stranger.send(rtp);
      stranger.shakeHands();
      stranger.send(StunWriter.request(new byte[12]).fingerprint().build());
      soon().until(() -> stranger.responses().size() == 1);
      assertThat(stranger.secured()).isFalse();
    }
    assertThat(listener.rtp()).isEmpty();
    assertThat(transport.evidence()).containsEntry("packetsRefused", 0L);
    assertThat(port.unclaimed()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void directAndTightBuffersAreSentToo() throws Exception {
    connected();
    ByteBuffer packet = TestBrowser.rtpPacket(7, 1, SOUND);
    ByteBuffer direct = ByteBuffer.allocateDirect(172).put(packet).flip();
    transport.sendRtp(direct);
    byte[] tight = new byte[172];
    TestBrowser.rtpPacket(7, 2, SOUND).get(tight);
    transport.sendRtp(ByteBuffer.wrap(tight));
    transport.sendRtp(ByteBuffer.wrap(new byte[60_000]));

    assertThat(browser.rtp().poll(20, TimeUnit.SECONDS)).hasSize(172);
    assertThat(browser.rtp().poll(20, TimeUnit.SECONDS)).hasSize(172);
    assertThat(transport.evidence()).containsEntry("packetsUnsent", 1L);
  }

  @Test
  void aWildcardAnswersFromTheAddressThatWasAsked() throws Exception {
    try (PeerTransports everywhere =
        PeerTransports.open(
            new PeerTransports.Config(
                new InetSocketAddress("0.0.0.0", 0),
                ImmutableList.of(LOOPBACK),
                2,
                LONG,
                LONG,
                LONG))) {
      PeerTransport call = everywhere.create(new RecordingListener());
      call.connect(browser.description(), false);
      browser.call(call);
      soon().until(() -> call.state() == State.CONNECTED);
      assertThat(call.evidence().get("local")).asString().startsWith("127.0.0.1:");
    }
  }

  @Test
  void itWorksOverIpv6() throws Exception {
    InetAddress ipv6 = InetAddresses.forString("::1");
    try (PeerTransports six = PeerTransports.open(config(ipv6));
        TestBrowser peer = TestBrowser.openOn(ipv6)) {
      RecordingListener each = new RecordingListener();
      PeerTransport call = six.create(each);
      assertThat(call.candidates().get(0)).contains(" ::1 ");
      call.connect(peer.description(), false);
      peer.call(call);
      soon().until(() -> call.state() == State.CONNECTED && peer.secured());
      peer.sendRtp(1, SOUND);
      assertThat(each.rtp().poll(20, TimeUnit.SECONDS)).isNotNull();
    }
  }
}
