package org.ringdown.webrtc;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.ringdown.webrtc.dtls.DtlsAssociation;
import org.ringdown.webrtc.dtls.DtlsEngine;
import org.ringdown.webrtc.dtls.DtlsResult;
import org.ringdown.webrtc.dtls.Fingerprints;
import org.ringdown.webrtc.dtls.SrtpOffer;
import org.ringdown.webrtc.ice.DatagramLink;
import org.ringdown.webrtc.ice.IceCredentials;
import org.ringdown.webrtc.ice.MalformedStunException;
import org.ringdown.webrtc.ice.StunMessage;
import org.ringdown.webrtc.ice.StunWriter;
import org.ringdown.webrtc.ice.UdpPort;
import org.ringdown.webrtc.srtp.SrtpProfile;
import org.ringdown.webrtc.srtp.SrtpResult;
import org.ringdown.webrtc.srtp.SrtpSession;

/**
 * A browser's media side in memory: the controlling ICE agent, a DTLS end and SRTP over one real
 * UDP socket on loopback. It does what the test tells it and remembers what came. Safe from any
 * thread.
 */
final class TestBrowser implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final InetAddress loopback;
  private final DtlsEngine engine;
  private final DtlsEvents events = new DtlsEvents();
  private final IceCredentials own = IceCredentials.random(RANDOM);
  private final List<StunMessage> responses = Collections.synchronizedList(new ArrayList<>());
  private final BlockingQueue<byte[]> rtp = new LinkedBlockingQueue<>();
  private final BlockingQueue<byte[]> rtcp = new LinkedBlockingQueue<>();
  private final AtomicInteger handshakes = new AtomicInteger();
  private volatile UdpPort port;
  private volatile @Nullable InetSocketAddress gateway;
  private volatile IceCredentials theirs = new IceCredentials("", "");
  private volatile @Nullable DtlsAssociation association;
  private volatile @Nullable SrtpSession srtp;
  private volatile @Nullable DtlsResult result;
  private volatile boolean gone;

  /** A browser on 127.0.0.1 that speaks these profiles, the preferred first. */
  static TestBrowser open(SrtpProfile... profiles) throws IOException {
    return new TestBrowser(InetAddresses.forString("127.0.0.1"), profiles);
  }

  /** A browser on another loopback address. */
  static TestBrowser openOn(InetAddress loopback) throws IOException {
    return new TestBrowser(loopback, SrtpProfile.values());
  }

  private TestBrowser(InetAddress loopback, SrtpProfile... profiles) throws IOException {
    this.loopback = loopback;
    ImmutableList.Builder<SrtpOffer> offers = ImmutableList.builder();
    for (SrtpProfile profile : profiles) {
      offers.add(new SrtpOffer(profile.id(), profile.keyingMaterialBytes()));
    }
    engine = new DtlsEngine(offers.build(), RANDOM, Instant.now());
    port = newPort();
  }

  private UdpPort newPort() throws IOException {
    UdpPort fresh = UdpPort.bind(ImmutableList.of(loopback), 0, 1);
    fresh.start(this::onDatagram);
    return fresh;
  }

  /** What its SDP would say. */
  PeerTransport.Remote description() {
    return description(engine.fingerprint());
  }

  /** The same with another fingerprint. */
  PeerTransport.Remote description(String fingerprint) {
    return new PeerTransport.Remote(own.ufrag(), own.password(), ImmutableList.of(fingerprint));
  }

  /** Takes the gateway's description as it is now. */
  void learn(PeerTransport transport) {
    theirs = new IceCredentials(transport.ufrag(), transport.password());
    List<String> words = Splitter.on(' ').splitToList(transport.candidates().get(0));
    gateway =
        new InetSocketAddress(
            InetAddresses.forString(words.get(4)), Integer.parseInt(words.get(5)));
  }

  /** Everything a browser does for a call: checks, nominates, shakes hands. */
  void call(PeerTransport transport) {
    learn(transport);
    check(true);
    shakeHands();
  }

  /** Sends one check. */
  void check(boolean nominate) {
    StunWriter writer =
        StunWriter.request(randomId())
            .username(theirs.ufrag() + ":" + own.ufrag())
            .priority(1_853_824_767L)
            .iceControlling(42);
    if (nominate) {
      writer.useCandidate();
    }
    send(writer.integrity(theirs.key()).fingerprint().build());
  }

  /** Begins the handshake as a client. */
  void shakeHands() {
    association = engine.associate(true, events);
    Objects.requireNonNull(association).start();
  }

  /** Waits for a handshake as a server. */
  void awaitHandshake() {
    association = engine.associate(false, events);
  }

  /** Goes on from a new port, as after a change of networks; what comes to the old one is lost. */
  void move() throws IOException {
    UdpPort old = port;
    port = newPort();
    old.close();
  }

  /** Sends any datagram to the gateway from its socket. */
  void send(ByteBuffer datagram) {
    link().send(datagram, Objects.requireNonNull(gateway));
  }

  /** Protects and sends one RTP packet. */
  void sendRtp(int sequence, byte[] payload) {
    ByteBuffer packet = rtpPacket(0xCAFE, sequence, payload);
    if (Objects.requireNonNull(srtp).protectRtp(packet) == SrtpResult.OK) {
      send(packet);
    }
  }

  /** Protects and sends one RTCP packet. */
  void sendRtcp(byte[] body) {
    ByteBuffer packet = rtcpPacket(0xCAFE, body);
    if (Objects.requireNonNull(srtp).protectRtcp(packet) == SrtpResult.OK) {
      send(packet);
    }
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

  private DatagramLink link() {
    return port.links().get(0);
  }

  private void onDatagram(ByteBuffer datagram, InetSocketAddress source, DatagramLink via) {
    int first = datagram.get(0) & 0xFF;
    if (first < 4) {
      onStun(datagram);
    } else if (first < 64) {
      DtlsAssociation current = association;
      if (current != null) {
        current.receive(datagram);
      }
    } else {
      onMedia(datagram);
    }
  }

  private void onStun(ByteBuffer datagram) {
    try {
      ByteBuffer copy = ByteBuffer.allocate(datagram.remaining()).put(datagram.slice()).flip();
      responses.add(StunMessage.parse(copy));
    } catch (MalformedStunException e) {
      throw new IllegalStateException("the gateway sent what is not STUN", e);
    }
  }

  private void onMedia(ByteBuffer packet) {
    SrtpSession session = srtp;
    boolean isRtcp = (packet.get(1) & 0xFF) >= 192 && (packet.get(1) & 0xFF) <= 223;
    if (session == null) {
      return;
    }
    SrtpResult outcome = isRtcp ? session.unprotectRtcp(packet) : session.unprotectRtp(packet);
    if (outcome == SrtpResult.OK) {
      byte[] plain = new byte[packet.remaining()];
      packet.get(packet.position(), plain);
      (isRtcp ? rtcp : rtp).add(plain);
    }
  }

  private static byte[] randomId() {
    byte[] id = new byte[12];
    RANDOM.nextBytes(id);
    return id;
  }

  /** The RTP packets that came, unprotected. */
  BlockingQueue<byte[]> rtp() {
    return rtp;
  }

  /** The RTCP packets that came, unprotected. */
  BlockingQueue<byte[]> rtcp() {
    return rtcp;
  }

  /** The STUN messages that came, in order. */
  ImmutableList<StunMessage> responses() {
    synchronized (responses) {
      return ImmutableList.copyOf(responses);
    }
  }

  /** How many handshakes it has completed. */
  int handshakes() {
    return handshakes.get();
  }

  /** Whether the handshake is done. */
  boolean secured() {
    return srtp != null;
  }

  /** What the handshake led to. */
  DtlsResult result() {
    return Objects.requireNonNull(result);
  }

  /** Whether the gateway has ended the association, or the handshake failed. */
  boolean gone() {
    return gone;
  }

  /** Where it sends from. */
  InetSocketAddress local() {
    return link().local();
  }

  /** Says goodbye, as a page that closes its connection. */
  void hangUp() {
    Objects.requireNonNull(association).close();
  }

  @Override
  public void close() {
    DtlsAssociation current = association;
    if (current != null) {
      current.close();
    }
    engine.close();
    port.close();
  }

  private final class DtlsEvents implements DtlsAssociation.Listener {
    @Override
    public void send(ByteBuffer datagram) {
      TestBrowser.this.send(datagram);
    }

    @Override
    public boolean accepts(byte[] certificate) {
      return Fingerprints.sha256(certificate).startsWith("sha-256 ");
    }

    @Override
    public void onSecured(DtlsResult outcome) {
      SrtpProfile profile = SrtpProfile.of(outcome.srtpProfile()).orElseThrow();
      result = outcome;
      srtp = SrtpSession.create(profile, outcome.srtpKeyingMaterial(), outcome.client());
      handshakes.incrementAndGet();
    }

    @Override
    public void onFailed(String reason) {
      gone = true;
    }

    @Override
    public void onClosed() {
      gone = true;
    }
  }
}
