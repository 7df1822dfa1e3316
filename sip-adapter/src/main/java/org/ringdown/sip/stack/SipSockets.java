package org.ringdown.sip.stack;

import gov.nist.core.net.NetworkLayer;
import gov.nist.javax.sip.SipStackImpl;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.tls.TlsHandshakes;
import org.ringdown.sip.tls.TlsPeer;

/**
 * The sockets JAIN-SIP works with: connections come about, by TLS too, in a bounded time or not at
 * all (JAIN-SIP itself waits 8 s whatever its settings say) and are watched. Safe from any thread.
 */
final class SipSockets implements NetworkLayer {
  private static final int CONNECT_TIMEOUT_MS = 3000;

  private final Connections connections;
  private final TlsHandshakes handshakes;
  private final SecurePeers peers;
  private final Failures failures;
  private final Consumer<InetSocketAddress> unheard;

  SipSockets(
      Connections connections,
      TlsHandshakes handshakes,
      SecurePeers peers,
      Failures failures,
      Consumer<InetSocketAddress> unheard) {
    this.connections = connections;
    this.handshakes = handshakes;
    this.peers = peers;
    this.failures = failures;
    this.unheard = unheard;
  }

  @Override
  public DatagramSocket createDatagramSocket() throws SocketException {
    return new DatagramSocket();
  }

  @Override
  public DatagramSocket createDatagramSocket(int port, InetAddress address) throws SocketException {
    return new DatagramSocket(new InetSocketAddress(address, port));
  }

  @Override
  public ServerSocket createServerSocket(int port, int queued, InetAddress address)
      throws IOException {
    return new TcpListener(new InetSocketAddress(address, port), queued, connections);
  }

  @Override
  public Socket createSocket(InetAddress address, int port) throws IOException {
    return createSocket(address, port, null);
  }

  @Override
  public Socket createSocket(InetAddress address, int port, @Nullable InetAddress local)
      throws IOException {
    InetSocketAddress remote = new InetSocketAddress(address, port);
    PlainSocket socket = connected(remote, local, false);
    failures.connected(remote);
    return socket;
  }

  private PlainSocket connected(
      InetSocketAddress remote, @Nullable InetAddress local, boolean secure) throws IOException {
    PlainSocket socket = new PlainSocket(connections, true, secure);
    try {
      if (local != null) {
        socket.bind(new InetSocketAddress(local, 0));
      }
      socket.tune();
      socket.connect(remote, CONNECT_TIMEOUT_MS);
      connections.add(socket);
      socket.connection().whenUnheard(why -> lost(remote, why));
      return socket;
    } catch (SocketTimeoutException e) {
      socket.close();
      String why = "no connection within " + CONNECT_TIMEOUT_MS + " ms";
      failures.failed(remote, why);
      throw new ConnectException(why);
    } catch (IOException e) {
      socket.close();
      failures.failed(remote, Failures.why(e));
      throw e;
    }
  }

  private void lost(InetSocketAddress remote, String why) {
    failures.failed(remote, why);
    unheard.accept(remote);
  }

  @Override
  public Socket createSocket(
      InetAddress address, int port, @Nullable InetAddress local, int localPort)
      throws IOException {
    return createSocket(address, port, local);
  }

  @Override
  public SSLServerSocket createSSLServerSocket(int port, int queued, InetAddress address)
      throws IOException {
    return new TlsListener(
        new InetSocketAddress(address, port), queued, connections, handshakes, peers);
  }

  @Override
  public SSLSocket createSSLSocket(InetAddress address, int port) throws IOException {
    return createSSLSocket(address, port, null);
  }

  @Override
  public SSLSocket createSSLSocket(InetAddress address, int port, @Nullable InetAddress local)
      throws IOException {
    InetSocketAddress remote = new InetSocketAddress(address, port);
    TlsPeer peer = peers.expectedAt(remote);
    PlainSocket socket = connected(remote, local, true);
    try {
      SecureSocket secure =
          new SecureSocket(TlsHandshakes.connect(peer, socket), socket, peer, peers);
      failures.connected(remote);
      return secure;
    } catch (IOException e) {
      socket.close();
      String fault = socket.connection().fault();
      failures.failed(remote, fault.isEmpty() ? Failures.why(e) : fault);
      throw e;
    }
  }

  @Override
  public void setSipStack(SipStackImpl stack) {
    // Needs nothing of the stack.
  }
}
