package org.ringdown.webrtc.media;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.ringdown.webrtc.client.RemoteDescription;
import org.ringdown.webrtc.client.WebRtcClient;
import org.ringdown.webrtc.dtls.DtlsResult;
import org.ringdown.webrtc.ice.StunMessage;
import org.ringdown.webrtc.srtp.SrtpProfile;

/**
 * A browser's media side on loopback that does what the test tells it, step by step, and remembers
 * what came. Safe from any thread.
 */
final class TestBrowser implements AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddresses.forString("127.0.0.1");

  private final Memory memory = new Memory();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final WebRtcClient client;

  /** A browser on 127.0.0.1 that speaks these profiles, the preferred first. */
  static TestBrowser open(SrtpProfile... profiles) throws IOException {
    return new TestBrowser(LOOPBACK, profiles);
  }

  /** What a browser may agree on by DTLS. */
  static SrtpProfile[] everyProfile() {
    return SrtpProfile.forDtls().toArray(SrtpProfile[]::new);
  }

  /** A browser on another loopback address. */
  static TestBrowser openOn(InetAddress loopback) throws IOException {
    return new TestBrowser(loopback, everyProfile());
  }

  private TestBrowser(InetAddress loopback, SrtpProfile... profiles) throws IOException {
    client = WebRtcClient.open(loopback, ImmutableList.copyOf(profiles), timer, memory);
  }

  /** What its SDP would say. */
  PeerTransport.Remote description() {
    return description(client.fingerprint());
  }

  /** The same with another fingerprint. */
  PeerTransport.Remote description(String fingerprint) {
    return new PeerTransport.Remote(
        client.ufrag(), client.password(), ImmutableList.of(fingerprint));
  }

  /** Takes the gateway's description as it is now. */
  void learn(PeerTransport transport) {
    client.learn(
        new RemoteDescription(
            transport.ufrag(),
            transport.password(),
            ImmutableList.of(),
            transport.candidates().stream()
                .map(line -> RemoteDescription.address(line).orElseThrow())
                .limit(1)
                .collect(ImmutableList.toImmutableList())));
  }

  /** Everything a browser does for a call: checks, nominates, shakes hands. */
  void call(PeerTransport transport) {
    learn(transport);
    check(true);
    shakeHands();
  }

  /** Begins a handshake as a client, whatever there was before. */
  void shakeHands() {
    client.forgetHandshake();
    client.shakeHands(true);
  }

  /** Sends one check. */
  void check(boolean nominate) {
    client.check(nominate);
  }

  /** Waits for a handshake as a server. */
  void awaitHandshake() {
    client.shakeHands(false);
  }

  /** Goes on from a new port, as after a change of networks; what comes to the old one is lost. */
  void move() throws IOException {
    client.move();
  }

  /** Sends any datagram to the gateway from its socket. */
  void send(ByteBuffer datagram) {
    client.send(datagram);
  }

  /** Protects and sends one RTP packet. */
  void sendRtp(int sequence, byte[] payload) {
    client.sendRtp(rtpPacket(0xCAFE, sequence, payload));
  }

  /** Protects and sends one RTCP packet. */
  void sendRtcp(byte[] body) {
    client.sendRtcp(rtcpPacket(0xCAFE, body));
  }

  /** An RTP packet with room behind it. */
  static ByteBuffer rtpPacket(int ssrc, int sequence, byte[] payload) {
    return ByteBuffer.allocate(12 + payload.length + 64)
        .put((byte) 0x80)
        .put((byte) 8)
        .putShort((short) sequence)
        .putInt(160 * sequence)
        .putInt(ssrc)
        .put(payload)
        .flip();
  }

  /** An RTCP packet with room behind it. */
  static ByteBuffer rtcpPacket(int ssrc, byte[] body) {
    return ByteBuffer.allocate(8 + body.length + 64)
        .put((byte) 0x80)
        .put((byte) 200)
        .putShort((short) (1 + body.length / 4))
        .putInt(ssrc)
        .put(body)
        .flip();
  }

  /** The RTP packets that came, unprotected. */
  BlockingQueue<byte[]> rtp() {
    return memory.rtp;
  }

  /** The RTCP packets that came, unprotected. */
  BlockingQueue<byte[]> rtcp() {
    return memory.rtcp;
  }

  /** The STUN messages that came, in order. */
  ImmutableList<StunMessage> responses() {
    synchronized (memory.responses) {
      return ImmutableList.copyOf(memory.responses);
    }
  }

  /** How many handshakes it has completed. */
  int handshakes() {
    return memory.handshakes.get();
  }

  /** Whether the handshake is done. */
  boolean secured() {
    return client.secured();
  }

  /** What the handshake led to. */
  DtlsResult result() {
    return Objects.requireNonNull(memory.result);
  }

  /** Whether the gateway has ended the association, or the handshake failed. */
  boolean gone() {
    return memory.gone;
  }

  /** Where it sends from. */
  InetSocketAddress local() {
    return client.local();
  }

  /** Says goodbye, as a page that closes its connection. */
  void hangUp() {
    client.hangUp();
  }

  @Override
  public void close() {
    client.close();
    timer.shutdownNow();
  }

  private static final class Memory implements WebRtcClient.Listener {
    private final List<StunMessage> responses = Collections.synchronizedList(new ArrayList<>());
    private final BlockingQueue<byte[]> rtp = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> rtcp = new LinkedBlockingQueue<>();
    private final AtomicInteger handshakes = new AtomicInteger();
    private volatile @Nullable DtlsResult result;
    private volatile boolean gone;

    @Override
    public void onStun(StunMessage message) {
      responses.add(message);
    }

    @Override
    public void onSecured(DtlsResult outcome) {
      result = outcome;
      handshakes.incrementAndGet();
    }

    @Override
    public void onGone(String reason) {
      gone = true;
    }

    @Override
    public void onRtp(ByteBuffer packet) {
      rtp.add(plain(packet));
    }

    @Override
    public void onRtcp(ByteBuffer packet) {
      rtcp.add(plain(packet));
    }

    private static byte[] plain(ByteBuffer packet) {
      byte[] bytes = new byte[packet.remaining()];
      packet.get(packet.position(), bytes);
      return bytes;
    }
  }
}
