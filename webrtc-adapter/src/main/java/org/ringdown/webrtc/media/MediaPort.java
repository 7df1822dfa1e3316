package org.ringdown.webrtc.media;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.ringdown.webrtc.dtls.DtlsEngine;
import org.ringdown.webrtc.dtls.SrtpOffer;
import org.ringdown.webrtc.ice.HostAddresses;
import org.ringdown.webrtc.ice.IceCredentials;
import org.ringdown.webrtc.ice.StunServer;
import org.ringdown.webrtc.ice.UdpPort;
import org.ringdown.webrtc.srtp.SrtpProfile;
import org.ringdown.webrtc.srtp.SrtpSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is behind {@link PeerTransports}: the port, the threads, and all that the transports share.
 * Safe from any thread.
 */
final class MediaPort implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MediaPort.class);
  private static final double PLAIN_STUN_PER_SECOND = 500;
  private static final Duration WARM_UP = Duration.ofSeconds(1);
  private static final int WARM_UP_PACKETS = 2_000;

  private final PeerTransports.Config config;
  private final UdpPort udp;
  private final ImmutableList<String> candidates;
  private final ImmutableList<InetSocketAddress> offered;
  private final SecureRandom random = new SecureRandom();
  private final Ticker ticker = Ticker.systemTicker();
  private final PacketRouter router = new PacketRouter(new StunServer(PLAIN_STUN_PER_SECOND));
  private final Set<BundledTransport> transports = ConcurrentHashMap.newKeySet();
  private final DtlsEngine dtls;
  private final ScheduledExecutorService timer;
  private volatile boolean closed;

  private MediaPort(PeerTransports.Config config, UdpPort udp) {
    this.config = config;
    this.udp = udp;
    offered =
        HostAddresses.toOffer(config.advertised(), udp.addresses()).stream()
            .map(address -> new InetSocketAddress(address, udp.port()))
            .collect(ImmutableList.toImmutableList());
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    for (int i = 0; i < offered.size(); i++) {
      lines.add(HostAddresses.candidate(offered.get(i), i));
    }
    candidates = lines.build();
    dtls = new DtlsEngine(srtpOffers(), random, Instant.now());
    timer =
        Executors.newSingleThreadScheduledExecutor(
            new ThreadFactoryBuilder()
                .setNameFormat("ringdown-media-timer")
                .setDaemon(true)
                .build());
  }

  private static ImmutableList<SrtpOffer> srtpOffers() {
    return SrtpProfile.forDtls()
        .map(profile -> new SrtpOffer(profile.id(), profile.keyingMaterialBytes()))
        .collect(ImmutableList.toImmutableList());
  }

  static MediaPort open(PeerTransports.Config config) throws IOException {
    InetSocketAddress bind = config.bind();
    if (bind.isUnresolved()) {
      throw new IOException("the media address " + bind.getHostString() + " cannot be resolved");
    }
    ImmutableList<InetAddress> addresses = HostAddresses.toBind(bind.getAddress());
    UdpPort udp = UdpPort.bind(addresses, bind.getPort(), config.ioThreads());
    MediaPort port = new MediaPort(config, udp);
    port.warmUp();
    port.start();
    return port;
  }

  private void start() {
    udp.start(router);
    long shorter = Math.min(config.consentTimeout().toNanos(), config.iceTimeout().toNanos());
    long tick = Math.max(TimeUnit.MILLISECONDS.toNanos(20), Math.min(shorter / 4, 500_000_000L));
    ScheduledFuture<?> unused =
        timer.scheduleWithFixedDelay(this::tick, tick, tick, TimeUnit.NANOSECONDS);
    LOG.info("Media on UDP port {}, {} candidates", udp.port(), candidates.size());
  }

  private void tick() {
    for (BundledTransport transport : transports) {
      try {
        transport.tick();
      } catch (RuntimeException e) {
        // The timer would stop for all.
        LOG.error("A path could not be looked after", e);
      }
    }
  }

  /** A cold machine needs half a second for its first handshake. */
  private void warmUp() {
    long begun = ticker.read();
    try {
      dtls.warmUp(WARM_UP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    warmUpSrtp(SrtpProfile.AEAD_AES_128_GCM);
    LOG.debug("Warmed up in {} ms", TimeUnit.NANOSECONDS.toMillis(ticker.read() - begun));
  }

  private static void warmUpSrtp(SrtpProfile profile) {
    byte[] keys = new byte[profile.keyingMaterialBytes()];
    SrtpSession sender = SrtpSession.create(profile, keys, true);
    SrtpSession receiver = SrtpSession.create(profile, keys, false);
    ByteBuffer packet = ByteBuffer.allocate(256);
    for (int i = 0; i < WARM_UP_PACKETS; i++) {
      packet.clear().limit(172).put(0, (byte) 0x80).putShort(2, (short) i);
      sender.protectRtp(packet);
      receiver.unprotectRtp(packet);
    }
  }

  PeerTransport create(PeerTransport.Listener listener) {
    if (closed) {
      throw new IllegalStateException("the media port is closed");
    }
    BundledTransport transport = new BundledTransport(this, listener);
    transports.add(transport);
    return transport;
  }

  void forget(BundledTransport transport) {
    transports.remove(transport);
  }

  PeerTransports.Config config() {
    return config;
  }

  PacketRouter router() {
    return router;
  }

  DtlsEngine dtls() {
    return dtls;
  }

  ImmutableList<String> candidates() {
    return candidates;
  }

  InetSocketAddress defaultAddress() {
    return offered.get(0);
  }

  ImmutableList<InetSocketAddress> offered() {
    return offered;
  }

  InetSocketAddress local() {
    return new InetSocketAddress(config.bind().getAddress(), udp.port());
  }

  int size() {
    return transports.size();
  }

  /** Nanoseconds of a monotonic clock. */
  long now() {
    return ticker.read();
  }

  IceCredentials newCredentials() {
    return IceCredentials.random(random);
  }

  @Override
  public void close() {
    closed = true;
    transports.forEach(BundledTransport::close);
    timer.shutdown();
    dtls.close();
    udp.close();
  }
}
