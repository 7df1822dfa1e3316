package org.ringdown.sip.socket;

import com.google.common.collect.ImmutableList;
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
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.sip.SipException;
import javax.sip.address.Hop;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.tls.TlsHandshakes;
import org.ringdown.sip.tls.TlsPeer;
import org.ringdown.sip.tls.TlsServer;
import org.ringdown.sip.work.Workers;

/**
 * The sockets JAIN-SIP works with: connections come about, by TLS too, in a bounded time or not at
 * all (JAIN-SIP itself waits 8 s whatever its settings say) and are watched. Safe from any thread.
 */
public final class SipSockets implements NetworkLayer {
  private static final int CONNECT_TIMEOUT_MS = 3000;

  private final Connections connections;
  private final TlsHandshakes handshakes;
  private final SecurePeers peers;
  private final Failures failures = new Failures();
  private final Consumer<InetSocketAddress> unheard;

  /**
   * No socket yet.
   *
   * @param limits how connections are kept
   * @param ignored the addresses that cannot connect
   * @param tls how those who connect by TLS are met
   * @param unheard is told the other side of each connection on which no answer will come any more
   */
  public SipSockets(
      ConnectionLimits limits,
      Predicate<String> ignored,
      TlsServer tls,
      Consumer<InetSocketAddress> unheard) {
    this.connections =
        new Connections(limits, ignored, remote -> lost(remote, "it closed the connection"));
    this.handshakes = new TlsHandshakes(tls);
    this.peers = new SecurePeers(tls);
    this.unheard = unheard;
  }

  /**
   * Closes connections that are of no use and sends keep-alives. To be called every second or so.
   *
   * @param pool where pings are sent
   */
  public void tend(Workers pool) {
    connections.tend(pool);
  }

  /** How many connections there are. */
  public int count() {
    return connections.count();
  }

  /** Whether there is a connection with that address, whoever opened it. */
  public boolean isConnected(InetSocketAddress remote) {
    return connections.stands(remote);
  }

  /** Why no connection came about with that address when one was wanted last. */
  public Optional<String> failureAt(InetSocketAddress remote) {
    return failures.at(remote);
  }

  /**
   * A request is about to go to that hop by TLS.
   *
   * @throws SipException if it must not, because nobody or somebody else is there
   */
  public void claim(Hop hop) throws SipException {
    peers.claim(hop);
  }

  /**
   * A connection has just been made to send a request: the last word on it.
   *
   * @param attachedHop where the request was to go, null if its sender did not say
   * @throws SecurityException if the request must not be sent by it
   */
  public void confirm(@Nullable Object attachedHop) {
    peers.confirm(attachedHop);
  }

  /** The chain that the peer of a socket proved by TLS; empty for none. */
  public static ImmutableList<X509Certificate> certificates(Object socket) {
    return socket instanceof SecureSocket secure ? secure.certificates() : ImmutableList.of();
  }

  /** Closes all connections. */
  public void close() {
    connections.close();
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
