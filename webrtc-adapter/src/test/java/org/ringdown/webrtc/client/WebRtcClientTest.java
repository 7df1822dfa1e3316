package org.ringdown.webrtc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringdown.webrtc.media.PeerTransport;
import org.ringdown.webrtc.media.PeerTransport.State;
import org.ringdown.webrtc.media.PeerTransports;

/** The client that does everything by itself, against the gateway's own port. */
class WebRtcClientTest {
  private static final InetAddress LOOPBACK = InetAddresses.forString("127.0.0.1");
  private static final Duration LONG = Duration.ofMinutes(1);

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Heard client = new Heard();
  private final Heard gateway = new Heard();

  @SuppressWarnings("NullAway.Init")
  private PeerTransports port;

  @SuppressWarnings("NullAway.Init")
  private PeerTransport transport;

  @SuppressWarnings("NullAway.Init")
  private WebRtcClient peer;

  @BeforeEach
  void open() throws IOException {
    port =
        PeerTransports.open(
            new PeerTransports.Config(
                new InetSocketAddress(LOOPBACK, 0), ImmutableList.of(), 1, LONG, LONG, LONG));
    transport = port.create(gateway);
    peer = WebRtcClient.open(LOOPBACK, timer, client);
  }

  @AfterEach
  void close() {
    peer.close();
    port.close();
    timer.shutdownNow();
  }

  private void connect(String fingerprint, boolean client) {
    transport.connect(
        new PeerTransport.Remote(
            peer.ufrag(), peer.password(), ImmutableList.of(peer.fingerprint())),
        !client);
    peer.connect(
        new RemoteDescription(
            transport.ufrag(),
            transport.password(),
            ImmutableList.of(fingerprint),
            transport.candidates().stream()
                .map(line -> RemoteDescription.address(line).orElseThrow())
                .collect(ImmutableList.toImmutableList())),
        client);
  }

  private void awaitMedia() {
    await().until(() -> transport.state() == State.CONNECTED && peer.secured());
  }

  private static ByteBuffer packet(int sequence) {
    return ByteBuffer.allocate(100)
        .put((byte) 0x80)
        .put((byte) 8)
        .putShort((short) sequence)
        .putInt(160 * sequence)
        .putInt(7)
        .put(new byte[24])
        .flip();
  }

  @Test
  void itConnectsAndCarriesSoundAsDtlsClient() throws Exception {
    connect(transport.fingerprint(), true);
    awaitMedia();

    peer.sendRtp(packet(1));
    transport.sendRtp(packet(2));

    assertThat(gateway.rtp.poll(20, TimeUnit.SECONDS)).hasSize(36);
    assertThat(client.rtp.poll(20, TimeUnit.SECONDS)).hasSize(36);
    assertThat(transport.evidence()).containsEntry("nominated", true);
  }

  @Test
  void itConnectsAsDtlsServer() {
    connect(transport.fingerprint(), false);
    awaitMedia();

    assertThat(transport.evidence()).containsEntry("dtlsRole", "client");
  }

  @Test
  void itGoesOnFromAnotherPort() throws Exception {
    connect(transport.fingerprint(), true);
    awaitMedia();

    peer.move();
    await()
        .until(
            () -> {
              transport.sendRtp(packet(3));
              return client.rtp.poll(50, TimeUnit.MILLISECONDS) != null;
            });
  }

  @Test
  void itSpeaksWithNobodyWhoseCertificateIsNotTheAnnouncedOne() {
    connect("sha-256 " + "12:".repeat(31) + "34", true);

    await().until(() -> transport.state() == State.DTLS_FAILED);
    assertThat(peer.secured()).isFalse();
  }

  @Test
  void onlyUdpCandidatesWithAnAddressAreOfUse() {
    assertThat(RemoteDescription.address("1 1 udp 2130706431 192.0.2.1 7078 typ host"))
        .contains(new InetSocketAddress(InetAddresses.forString("192.0.2.1"), 7078));
    assertThat(RemoteDescription.address("1 1 tcp 2130706431 192.0.2.1 9 typ host")).isEmpty();
    assertThat(RemoteDescription.address("1 1 udp 1 name.local 7078 typ host")).isEmpty();
    assertThat(RemoteDescription.address("1 1 udp")).isEmpty();
  }

  private static final class Heard implements WebRtcClient.Listener, PeerTransport.Listener {
    private final BlockingQueue<byte[]> rtp = new LinkedBlockingQueue<>();

    @Override
    public void onRtp(ByteBuffer packet) {
      byte[] bytes = new byte[packet.remaining()];
      packet.get(packet.position(), bytes);
      rtp.add(bytes);
    }

    @Override
    public void onRtcp(ByteBuffer packet) {}

    @Override
    public void onState(State state) {}
  }
}
