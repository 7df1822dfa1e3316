package org.ringdown.sip.tls;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.tls.TlsServer.ClientAuth;

/**
 * Makes TLS 1.2 or 1.3 of TCP connections, in both roles. Blocks as long as the peer takes: whoever
 * calls sees to it that the connection is closed in time. Safe from any thread.
 */
public final class TlsHandshakes {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final TlsServer server;
  private @Nullable Prepared prepared;

  /** Meets those who connect as {@code server} says. */
  public TlsHandshakes(TlsServer server) {
    this.server = server;
  }

  /** A context and the keys it was made of. */
  private record Prepared(SSLContext context, @Nullable KeyManager keys) {}

  /** Shakes hands with somebody who connected to us. */
  public SSLSocket accept(Socket raw) throws IOException {
    SSLContext context = serverContext();
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(raw, null, raw.getPort(), true);
    socket.setUseClientMode(false);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setUseCipherSuitesOrder(true);
    if (server.clientAuth() == ClientAuth.REQUIRED) {
      parameters.setNeedClientAuth(true);
    } else {
      parameters.setWantClientAuth(server.clientAuth() == ClientAuth.OPTIONAL);
    }
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /** The same context as long as the keys are the same, so that sessions can be resumed. */
  private synchronized SSLContext serverContext() throws IOException {
    TlsIdentity own = server.own();
    if (own == null) {
      throw new SSLHandshakeException("nobody can connect by TLS: there is no certificate");
    }
    KeyManager keys = own.keyManager();
    Prepared ready = prepared;
    if (ready == null || !keys.equals(ready.keys())) {
      ready = new Prepared(context(keys, new Clients(server)), keys);
      prepared = ready;
    }
    return ready.context();
  }

  /**
   * Shakes hands with somebody we connected to; without resuming an earlier session, so that the
   * certificate is looked at each time.
   *
   * @throws IOException if it is not the peer, or there is no handshake
   */
  public static SSLSocket connect(TlsPeer peer, Socket raw) throws IOException {
    TlsIdentity own = peer.own();
    SSLContext context = context(own == null ? null : own.keyManager(), new Servers(peer));
    SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(raw, peer.domain(), raw.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    if (!InetAddresses.isUriInetAddress(peer.domain()) && peer.domain().contains(".")) {
      parameters.setServerNames(List.of(new SNIHostName(peer.domain())));
    }
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static SSLContext context(@Nullable KeyManager keys, TrustManager trust)
      throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          keys == null ? new KeyManager[0] : new KeyManager[] {keys},
          new TrustManager[] {trust},
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the JDK has no TLS: " + e.getMessage(), e);
    }
  }

  /** Judges the servers that we connect to. */
  private static final class Servers extends Judge {
    private final TlsPeer peer;

    Servers(TlsPeer peer) {
      this.peer = peer;
    }

    @Override
    void judge(X509Certificate[] chain, String authType) throws CertificateException {
      peer.check(chain, authType);
    }
  }

  /** Judges those who connect to us. */
  private static final class Clients extends Judge {
    private final TlsServer server;

    Clients(TlsServer server) {
      this.server = server;
    }

    /**
     * Where a certificate is not required, a phone's from its factory must not keep it away; what
     * it proves is judged by whoever wants to know.
     */
    @Override
    void judge(X509Certificate[] chain, String authType) throws CertificateException {
      if (server.clientAuth() == ClientAuth.REQUIRED) {
        CertificateException last = new CertificateException("no authorities are trusted");
        for (TlsTrust trust : server.clients().get()) {
          try {
            trust.check(chain, authType);
            return;
          } catch (CertificateException e) {
            last = e;
          }
        }
        throw last;
      }
    }
  }

  /** A trust manager that asks the same of both roles. */
  private abstract static class Judge extends X509ExtendedTrustManager {
    abstract void judge(X509Certificate[] chain, String authType) throws CertificateException;

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      judge(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      judge(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      judge(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      judge(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      judge(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      judge(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
