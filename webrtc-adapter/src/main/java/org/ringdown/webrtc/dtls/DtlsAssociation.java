package org.ringdown.webrtc.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsTimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One DTLS association with one peer: a handshake on the engine's pool, and afterwards only
 * repeated flights and the peer's close_notify; application data is not used. A server sends no
 * cookie (RFC 6347 section 4.2.1), because the datagrams it is given come only from addresses that
 * have passed an ICE check. Safe from any thread.
 */
public final class DtlsAssociation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DtlsAssociation.class);
  private static final int FOR_EVER_MILLIS = 60_000;

  private final DtlsSettings settings;
  private final Executor pool;
  private final boolean client;
  private final Listener listener;
  private final InboundRecords inbound;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile @Nullable DTLSTransport established;

  DtlsAssociation(DtlsSettings settings, Executor pool, boolean client, Listener listener) {
    this.settings = settings;
    this.pool = pool;
    this.client = client;
    this.listener = listener;
    this.inbound = new InboundRecords(listener::send);
  }

  /** Whether we are the client. */
  public boolean client() {
    return client;
  }

  /**
   * Begins the handshake; a server also begins by itself with the first datagram. If the pool is
   * full nothing happens: the peer's next copy, or the next call of this, tries again.
   */
  public void start() {
    if (!started.compareAndSet(false, true)) {
      return;
    }
    try {
      pool.execute(this::shakeHands);
    } catch (RejectedExecutionException e) {
      started.set(false);
      LOG.debug("Too many handshakes at a time: one is put off");
    }
  }

  /** Takes a datagram; it is copied. Ignored once the association is over. */
  public void receive(ByteBuffer datagram) {
    if (over.get() || !inbound.offer(datagram)) {
      return;
    }
    DTLSTransport transport = established;
    if (transport != null) {
      drain(transport);
    } else if (!client) {
      start();
    }
  }

  private void shakeHands() {
    if (over.get()) {
      return;
    }
    SrtpNegotiation negotiation = new SrtpNegotiation(settings, listener::accepts);
    try {
      DTLSTransport transport = handshake(negotiation);
      inbound.stopWaiting();
      if (!over.get()) {
        listener.onSecured(negotiation.result());
      }
      established = transport;
      if (over.get()) {
        close();
      }
      drain(transport);
    } catch (IOException e) {
      fail(reason(e));
    } catch (RuntimeException e) {
      LOG.error("A handshake broke", e);
      fail("internal error");
    }
  }

  private DTLSTransport handshake(SrtpNegotiation negotiation) throws IOException {
    return client
        ? new DTLSClientProtocol().connect(new SrtpTlsClient(settings, negotiation), inbound)
        : new DTLSServerProtocol().accept(new SrtpTlsServer(settings, negotiation), inbound);
  }

  private void fail(String reason) {
    inbound.close();
    if (over.compareAndSet(false, true)) {
      listener.onFailed(reason);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof TlsFatalAlertReceived received) {
      return "the peer sent " + AlertDescription.getText(received.getAlertDescription());
    }
    if (e instanceof TlsTimeoutException) {
      return "timed out";
    }
    return e instanceof TlsFatalAlert ? String.valueOf(e.getMessage()) : e.toString();
  }

  /** Lets the library read what has come. */
  private void drain(DTLSTransport transport) {
    if (read(transport) && over.compareAndSet(false, true)) {
      listener.onClosed();
    }
  }

  /** Whether the peer has closed. */
  private synchronized boolean read(DTLSTransport transport) {
    try {
      byte[] unused = new byte[transport.getReceiveLimit()];
      while (!inbound.closed()) {
        transport.receive(unused, 0, unused.length, FOR_EVER_MILLIS);
      }
      return true;
    } catch (InterruptedIOException e) {
      return inbound.closed();
    } catch (IOException e) {
      return true;
    }
  }

  /** Ends the association with a close_notify; the listener hears nothing any more. */
  @Override
  public void close() {
    over.set(true);
    DTLSTransport transport = established;
    if (transport == null) {
      inbound.close();
      return;
    }
    synchronized (this) {
      try {
        transport.close();
      } catch (IOException e) {
        LOG.debug("No close_notify: {}", e.toString());
      }
    }
  }

  /** Whoever uses the association. Called on the pool's or the receiving thread, never locked. */
  public interface Listener {
    /** Sends one datagram to the peer; must not block. */
    void send(ByteBuffer datagram);

    /** Whether a peer with this certificate, DER, may go on; asked during the handshake. */
    boolean accepts(byte[] certificate);

    /** The handshake is done. */
    void onSecured(DtlsResult result);

    /** The handshake failed. */
    void onFailed(String reason);

    /** The peer has closed the association. */
    void onClosed();
  }
}
