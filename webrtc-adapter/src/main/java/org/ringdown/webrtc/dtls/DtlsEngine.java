package org.ringdown.webrtc.dtls;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all associations share: our certificate, the cryptography, and the pool that handshakes run
 * on: as many threads as handshakes are going on, but no more than a flood may have. Safe from any
 * thread.
 */
public final class DtlsEngine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DtlsEngine.class);
  // A handshake costs a millisecond of work and waits two round trips for the peer.
  private static final int MAX_THREADS = 64;
  private static final int IDLE_SECONDS = 10;

  private final DtlsSettings settings;
  private final ThreadPoolExecutor pool;

  /**
   * With a certificate of its own, made now.
   *
   * @param srtp the protection profiles, the preferred first
   */
  public DtlsEngine(ImmutableList<SrtpOffer> srtp, SecureRandom random, Instant now) {
    DtlsCrypto crypto = new DtlsCrypto(random);
    settings = new DtlsSettings(crypto, DtlsIdentity.generate(crypto, random, now), srtp);
    pool =
        new ThreadPoolExecutor(
            0,
            MAX_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            new ThreadFactoryBuilder().setNameFormat("ringdown-dtls-%d").setDaemon(true).build());
  }

  /** Our certificate's fingerprint, {@code sha-256 AB:CD:…}. */
  public String fingerprint() {
    return settings.identity().fingerprint();
  }

  /**
   * A new association.
   *
   * @param client whether we send the ClientHello
   */
  public DtlsAssociation associate(boolean client, DtlsAssociation.Listener listener) {
    return new DtlsAssociation(settings, pool, client, listener);
  }

  /**
   * Shakes hands with itself, so that the first peer does not wait for classes to be loaded. Gives
   * up after the limit.
   */
  public void warmUp(Duration limit) throws InterruptedException {
    CountDownLatch secured = new CountDownLatch(2);
    WarmUpPeer client = new WarmUpPeer(secured);
    WarmUpPeer server = new WarmUpPeer(secured);
    try (DtlsAssociation clientSide = associate(true, client);
        DtlsAssociation serverSide = associate(false, server)) {
      client.peer = serverSide;
      server.peer = clientSide;
      clientSide.start();
      if (!secured.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.info(
            "Warming up takes longer than {} ms: the first call may be slow", limit.toMillis());
      }
    }
  }

  /** Ends the handshakes that are going on. */
  @Override
  public void close() {
    // Not interrupted: each ends with its transport.
    pool.shutdown();
  }

  /** One end of a handshake in memory. */
  private static final class WarmUpPeer implements DtlsAssociation.Listener {
    private final CountDownLatch secured;
    private volatile @Nullable DtlsAssociation peer;

    WarmUpPeer(CountDownLatch secured) {
      this.secured = secured;
    }

    @Override
    public void send(ByteBuffer datagram) {
      DtlsAssociation other = peer;
      if (other != null) {
        other.receive(datagram);
      }
    }

    @Override
    public boolean accepts(byte[] certificate) {
      return true;
    }

    @Override
    public void onSecured(DtlsResult result) {
      secured.countDown();
    }

    @Override
    public void onFailed(String reason) {
      LOG.warn("The handshake with ourselves failed: {}", reason);
    }

    @Override
    public void onClosed() {}
  }
}
