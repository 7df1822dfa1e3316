package org.ringdown.webrtc.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringdown.webrtc.media.PeerTransport.State;
import org.ringdown.webrtc.srtp.SrtpProfile;

/** What happens to a call that is going on: it moves, falls silent, comes back and ends. */
class PathLifeTest {
  private static final InetAddress LOOPBACK = InetAddresses.forString("127.0.0.1");
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofSeconds(1);
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
    port = PeerTransports.open(patience(LONG, LONG));
    browser = TestBrowser.open(TestBrowser.everyProfile());
    transport = port.create(listener);
  }

  @AfterEach
  void close() {
    browser.close();
    port.close();
  }

  private static PeerTransports.Config patience(Duration silence, Duration untilACheck) {
    return new PeerTransports.Config(
        new InetSocketAddress(LOOPBACK, 0), ImmutableList.of(), 2, silence, LONG, untilACheck);
  }

  /** Begins anew with a port that soon takes silence for a loss. */
  private void loseSoon() throws Exception {
    reopen(patience(SHORT, LONG));
  }

  private void reopen(PeerTransports.Config config) throws Exception {
    port.close();
    port = PeerTransports.open(config);
    transport = port.create(listener);
  }

  /** What is fully up need not be seen as such: it may be lost before one looks. */
  private void connectedOnce() {
    transport.connect(browser.description(), false);
    browser.call(transport);
    soon().until(() -> listener.states().contains(State.CONNECTED) && browser.secured());
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

  @Test
  void anIceRestartFromANewNetworkGoesOnWithoutAHandshake() throws Exception {
    connected();
    String before = transport.ufrag();
    transport.restartIce();
    assertThat(transport.ufrag()).isNotEqualTo(before);
    browser.check(true); // the old credentials still serve
    soon().until(() -> browser.responses().size() >= 2);
    assertThat(browser.responses()).allMatch(response -> response.isSuccess());

    browser.move();
    browser.learn(transport);
    transport.connect(browser.description(), false);
    browser.check(true);
    soon().until(() -> remotePort() == browser.local().getPort());

    browser.sendRtp(5, SOUND);
    transport.sendRtp(TestBrowser.rtpPacket(7, 5, SOUND));
    assertThat(listener.rtp().poll(20, TimeUnit.SECONDS)).isNotNull();
    assertThat(browser.rtp().poll(20, TimeUnit.SECONDS)).isNotNull();
    assertThat(browser.handshakes()).isEqualTo(1);
    assertThat(listener.states()).containsExactly(State.CONNECTING, State.CONNECTED);
  }

  @Test
  void aNominationFromANewAddressMovesThePathWithoutARestart() throws Exception {
    connected();
    browser.move();
    browser.check(true);
    soon().until(() -> remotePort() == browser.local().getPort());

    transport.sendRtp(TestBrowser.rtpPacket(7, 1, SOUND));
    assertThat(browser.rtp().poll(20, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void thePairIsNamedByWhatTheBrowserHasSaidOfItsCandidates() {
    connected();
    assertThat(transport.evidence()).containsEntry("pair", "host-prflx");
    String address = "127.0.0.1 " + browser.local().getPort();
    transport.candidate(
        "candidate:1 1 udp 41819902 " + address + " typ relay raddr 0.0.0.0 rport 0");
    transport.candidate("candidate:2 1 udp 2113937151 6f1b.local 50000 typ host");
    transport.candidate("nonsense");
    assertThat(transport.evidence())
        .containsEntry("pair", "host-relay")
        .containsEntry("remoteCandidates", ImmutableMap.of("host", 1, "relay", 1));
  }

  private int remotePort() {
    String remote = String.valueOf(transport.evidence().get("remote"));
    return Integer.parseInt(remote.substring(remote.lastIndexOf(':') + 1));
  }

  @Test
  void silenceIsLostAndACheckBringsItBack() throws Exception {
    loseSoon();
    connectedOnce();
    soon().until(() -> transport.state() == State.LOST);
    transport.sendRtp(TestBrowser.rtpPacket(7, 1, SOUND));
    assertThat(transport.evidence()).containsEntry("packetsUnsent", 1L);

    browser.check(true);
    soon().until(() -> listener.states().size() >= 4);
    assertThat(listener.states())
        .startsWith(State.CONNECTING, State.CONNECTED, State.LOST, State.CONNECTED);
  }

  @Test
  void mediaAloneBringsALostPathBack() throws Exception {
    loseSoon();
    connectedOnce();
    soon().until(() -> transport.state() == State.LOST);
    browser.sendRtp(1, SOUND);
    soon().until(() -> listener.states().size() >= 4);
    assertThat(listener.states().get(3)).isEqualTo(State.CONNECTED);
  }

  @Test
  void aBrowserThatNeverComesIsIceFailed() throws Exception {
    reopen(patience(LONG, SHORT));
    transport.connect(browser.description(), false);
    soon().until(() -> transport.state() == State.ICE_FAILED);
    assertThat(listener.states()).containsExactly(State.ICE_FAILED);
  }

  @Test
  void aBrowserThatSaysGoodbyeIsGone() {
    connected();
    browser.hangUp();
    soon().until(() -> listener.states().contains(State.CLOSED));
  }

  @Test
  void aNewCertificateAfterARestartIsANewHandshake() throws Exception {
    connected();
    transport.restartIce();
    try (TestBrowser reloaded = TestBrowser.open(SrtpProfile.AEAD_AES_128_GCM)) {
      transport.connect(reloaded.description(), false);
      reloaded.call(transport);
      soon().until(reloaded::secured);
      soon().until(() -> transport.state() == State.CONNECTED);
      reloaded.sendRtp(1, SOUND);
      assertThat(listener.rtp().poll(20, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void closingSaysGoodbyeAndLeavesNothingBehind() {
    connected();
    int states = listener.states().size();
    transport.close();
    transport.close();

    soon().until(browser::gone);
    assertThat(transport.state()).isEqualTo(State.CLOSED);
    assertThat(port.size()).isZero();
    assertThat(port.routes()).isZero();
    browser.check(true);
    transport.connect(browser.description(), false);
    transport.sendRtp(TestBrowser.rtpPacket(7, 1, SOUND));
    assertThat(listener.states()).hasSize(states);
    assertThat(port.routes()).isZero();
  }

  @Test
  void closingThePortEndsItsThreads() throws Exception {
    connected();
    port.close();
    assertThatThrownBy(() -> port.create(listener)).isInstanceOf(IllegalStateException.class);
    try (PeerTransports again =
        PeerTransports.open(
            new PeerTransports.Config(port.local(), ImmutableList.of(), 1, LONG, LONG, LONG))) {
      assertThat(again.local()).isEqualTo(port.local());
    }
    soon().until(() -> transport.state() == State.CLOSED);
  }

  @Test
  void aForgedSourceDoesNotTakeAnAddressFromOneThatIsAlive() throws Exception {
    connected();
    PeerTransport attacker = port.create(new RecordingListener());
    browser.learn(attacker);
    browser.check(true); // from the very address of the first call, with another call's password
    soon().until(() -> browser.responses().size() >= 2);

    browser.sendRtp(1, SOUND);
    assertThat(listener.rtp().poll(20, TimeUnit.SECONDS)).isNotNull();
  }
}
