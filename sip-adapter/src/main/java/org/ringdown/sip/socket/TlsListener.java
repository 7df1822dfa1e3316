package org.ringdown.sip.socket;

import com.google.common.collect.ConcurrentHashMultiset;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import org.ringdown.sip.log.StackLog;
import org.ringdown.sip.tls.TlsHandshakes;

/**
 * Accepts TLS connections. Handshakes go on aside, so that {@link #accept} has nothing but
 * connections whose handshake is over: who connects and says nothing, or says something else, costs
 * JAIN-SIP neither a thread nor a wait. Safe from any thread.
 */
final class TlsListener extends SSLServerSocket {
  private static final int MOST_HANDSHAKES = 128;
  private static final int MOST_OF_ONE = 32;
  private static final String[] SETTLED = new String[0];

  private final Connections connections;
  private final TlsHandshakes handshakes;
  private final SecurePeers peers;
  private final BlockingQueue<Optional<SecureSocket>> ready = new LinkedBlockingQueue<>();
  private final ConcurrentHashMultiset<InetAddress> shaking = ConcurrentHashMultiset.create();
  private final ThreadPoolExecutor pool;

  TlsListener(
      InetSocketAddress address,
      int queued,
      Connections connections,
      TlsHandshakes handshakes,
      SecurePeers peers)
      throws IOException {
    this.connections = connections;
    this.handshakes = handshakes;
    this.peers = peers;
    this.pool =
        new ThreadPoolExecutor(
            0,
            MOST_HANDSHAKES,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            new ThreadFactoryBuilder().setNameFormat("sip-tls-%d").setDaemon(true).build());
    setReuseAddress(true);
    bind(address, queued);
    pool.getThreadFactory().newThread(this::listen).start();
  }

  private void listen() {
    try {
      while (true) {
        begin(Accepting.next(this, this::implAccept, connections, true));
      }
    } catch (IOException e) {
      ready.add(Optional.empty());
    }
  }

  private void begin(PlainSocket socket) {
    InetAddress from = socket.getInetAddress();
    if (shaking.add(from, 1) >= MOST_OF_ONE) {
      shaking.remove(from);
      Connections.closeQuietly(socket);
      return;
    }
    try {
      pool.execute(() -> shakeHands(socket, from));
    } catch (RejectedExecutionException e) {
      shaking.remove(from);
      Connections.closeQuietly(socket);
    }
  }

  private void shakeHands(PlainSocket socket, InetAddress from) {
    try {
      ready.add(Optional.of(new SecureSocket(handshakes.accept(socket), socket, null, peers)));
    } catch (IOException | RuntimeException e) {
      StackLog.debug("a TLS handshake failed", e);
      Connections.closeQuietly(socket);
    } finally {
      shaking.remove(from);
    }
  }

  /** The next connection whose handshake is over. */
  @Override
  public Socket accept() throws IOException {
    Optional<SecureSocket> next = Uninterruptibles.takeUninterruptibly(ready);
    return next.orElseThrow(() -> new SocketException("closed"));
  }

  @Override
  public void close() throws IOException {
    super.close();
    pool.shutdown();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return SETTLED.clone();
  }

  @Override
  public String[] getEnabledCipherSuites() {
    return SETTLED.clone();
  }

  @Override
  public void setEnabledCipherSuites(String[] suites) {
    // Settled by the handshakes.
  }

  @Override
  public String[] getSupportedProtocols() {
    return SETTLED.clone();
  }

  @Override
  public String[] getEnabledProtocols() {
    return SETTLED.clone();
  }

  @Override
  public void setEnabledProtocols(String[] protocols) {
    // Settled by the handshakes.
  }

  @Override
  public void setNeedClientAuth(boolean need) {
    // Settled by the handshakes.
  }

  @Override
  public boolean getNeedClientAuth() {
    return false;
  }

  @Override
  public void setWantClientAuth(boolean want) {
    // Settled by the handshakes.
  }

  @Override
  public boolean getWantClientAuth() {
    return false;
  }

  @Override
  public void setUseClientMode(boolean mode) {
    // A server is no client.
  }

  @Override
  public boolean getUseClientMode() {
    return false;
  }

  @Override
  public void setEnableSessionCreation(boolean flag) {
    // Settled by the handshakes.
  }

  @Override
  public boolean getEnableSessionCreation() {
    return true;
  }
}
