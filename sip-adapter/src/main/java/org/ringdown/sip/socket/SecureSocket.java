package org.ringdown.sip.socket;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Objects;
import javax.net.ssl.HandshakeCompletedEvent;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.tls.TlsPeer;

/**
 * A TLS connection whose handshake is over, as JAIN-SIP wants it: it shakes hands whenever it gets
 * one, which would be a renegotiation here, and sets up what is settled already. All that does
 * nothing. Safe from any thread.
 */
final class SecureSocket extends SSLSocket {
  private static final String[] SETTLED = new String[0];

  private final SSLSocket tls;
  private final PlainSocket raw;
  private final @Nullable TlsPeer openedFor;
  private final SecurePeers peers;
  private final InputStream in;
  private final OutputStream out;

  /**
   * Takes over {@code tls}, which stands on {@code raw}.
   *
   * @param openedFor whom we connected to; null if the other side connected to us
   */
  SecureSocket(SSLSocket tls, PlainSocket raw, @Nullable TlsPeer openedFor, SecurePeers peers)
      throws IOException {
    this.tls = tls;
    this.raw = raw;
    this.openedFor = openedFor;
    this.peers = peers;
    this.in = raw.connection().hearing(tls.getInputStream());
    this.out = raw.connection().speaking(tls.getOutputStream());
    raw.connection().secured();
    peers.opened(remote(), this);
  }

  private InetSocketAddress remote() {
    return new InetSocketAddress(raw.getInetAddress(), raw.getPort());
  }

  /** The chain that the peer proved, its own certificate first; empty if it showed none. */
  ImmutableList<X509Certificate> certificates() {
    try {
      return Arrays.stream(tls.getSession().getPeerCertificates())
          .map(X509Certificate.class::cast)
          .collect(ImmutableList.toImmutableList());
    } catch (SSLPeerUnverifiedException e) {
      return ImmutableList.of();
    }
  }

  /** Whether what is meant for this peer may be sent here, and as whom it wants to be sent. */
  boolean serves(TlsPeer peer) {
    if (peer.equals(openedFor)) {
      return true;
    }
    boolean sameSelf = openedFor == null || Objects.equals(openedFor.own(), peer.own());
    return sameSelf && peer.is(certificates());
  }

  @Override
  public InputStream getInputStream() {
    return in;
  }

  @Override
  public OutputStream getOutputStream() {
    return out;
  }

  /** Closes it without a word. */
  void drop() {
    peers.closed(remote(), this);
    Connections.closeQuietly(raw);
  }

  /** With a word to the peer, unless it is one that does not listen: the word would wait, too. */
  @Override
  public void close() throws IOException {
    peers.closed(remote(), this);
    try {
      if (!raw.connection().isWriting() && !raw.isClosed()) {
        tls.close();
      }
    } finally {
      raw.close();
    }
  }

  @Override
  public boolean isClosed() {
    return raw.isClosed();
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public InetAddress getInetAddress() {
    return raw.getInetAddress();
  }

  @Override
  public int getPort() {
    return raw.getPort();
  }

  @Override
  public InetAddress getLocalAddress() {
    return raw.getLocalAddress();
  }

  @Override
  public int getLocalPort() {
    return raw.getLocalPort();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return raw.getRemoteSocketAddress();
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return raw.getLocalSocketAddress();
  }

  @Override
  public SSLSession getSession() {
    return tls.getSession();
  }

  /** JAIN-SIP learns of the peer's certificate by this. */
  @Override
  public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
    listener.handshakeCompleted(new HandshakeCompletedEvent(this, tls.getSession()));
  }

  @Override
  public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
    // None is kept.
  }

  @Override
  public void startHandshake() {
    // It is over.
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
    // Settled.
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
    // Settled.
  }

  @Override
  public void setUseClientMode(boolean mode) {
    // Settled.
  }

  @Override
  public boolean getUseClientMode() {
    return tls.getUseClientMode();
  }

  @Override
  public void setNeedClientAuth(boolean need) {
    // Settled.
  }

  @Override
  public boolean getNeedClientAuth() {
    return tls.getNeedClientAuth();
  }

  @Override
  public void setWantClientAuth(boolean want) {
    // Settled.
  }

  @Override
  public boolean getWantClientAuth() {
    return tls.getWantClientAuth();
  }

  @Override
  public void setEnableSessionCreation(boolean flag) {
    // Settled.
  }

  @Override
  public boolean getEnableSessionCreation() {
    return tls.getEnableSessionCreation();
  }
}
