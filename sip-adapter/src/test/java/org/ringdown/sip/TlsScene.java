package org.ringdown.sip;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.leg.SipEnd;
import org.ringdown.sip.tls.KeyFile;
import org.ringdown.sip.tls.TestAuthority;
import org.ringdown.sip.tls.TlsFiles;
import org.ringdown.sip.tls.TlsHandshakes;
import org.ringdown.sip.tls.TlsIdentity;
import org.ringdown.sip.tls.TlsPeer;
import org.ringdown.sip.tls.TlsServer;
import org.ringdown.sip.tls.TlsServer.ClientAuth;
import org.ringdown.sip.tls.TlsTrust;
import org.ringdown.sip.transport.Destination;
import org.ringdown.sip.transport.SipTransport;
import org.ringdown.sip.wire.SipWire;

/** A gateway that speaks TLS, and whoever it speaks with; all is closed in the end. */
final class TlsScene implements AutoCloseable {
  static final InetAddress LOOPBACK = InetAddresses.forString("127.0.0.1");

  private final Path directory;
  private final TestAuthority authority;
  private final TlsFiles files = new TlsFiles();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  TlsScene(Path directory) throws IOException {
    this.directory = directory;
    this.authority = TestAuthority.in(directory, "authority");
  }

  /** Where certificates and keys are. */
  Path directory() {
    return directory;
  }

  TlsFiles files() {
    return files;
  }

  /** Whom both sides trust. */
  TestAuthority authority() {
    return authority;
  }

  /** Whom nobody trusts. */
  TestAuthority stranger() throws IOException {
    return TestAuthority.in(directory, "stranger");
  }

  /** Closes it in the end. */
  <T extends AutoCloseable> T closed(T item) {
    open.push(item);
    return item;
  }

  /** A gateway with a certificate of the authority, to which clients may show one. */
  TestGateway gateway() throws IOException {
    return gateway(authority.certify("gateway", "DNS:example.org"), ClientAuth.OPTIONAL);
  }

  TestGateway gateway(KeyFile own, ClientAuth auth) throws IOException {
    TlsTrust trust = files.trust(authority.file());
    TlsServer tls =
        new TlsServer(files.identity(own), TlsTrust.system(), auth, () -> ImmutableList.of(trust));
    return closed(new TestGateway(tls));
  }

  /** A phone without a certificate. */
  SipPeer phone(TestGateway gateway) throws IOException {
    return phone(gateway, null);
  }

  /** A phone with a connection of its own that checks the gateway's certificate. */
  SipPeer phone(TestGateway gateway, @Nullable TlsIdentity own) throws IOException {
    InetSocketAddress at = gateway.tls().address();
    Socket raw = closed(new Socket(at.getAddress(), at.getPort()));
    TlsPeer expected = new TlsPeer("example.org", true, files.trust(authority.file()), own);
    SSLSocket socket = TlsHandshakes.connect(expected, raw);
    return closed(new SipPeer(SipWire.over(socket, "TLS"), gateway.tls(), "1001"));
  }

  /** How a call ends that is sent there and not answered. */
  static SipEnd dialled(TestGateway gateway, InetSocketAddress at, @Nullable TlsPeer peer) {
    TestGateway.Ears ears = new TestGateway.Ears();
    Destination to = new Destination(at, SipTransport.TLS).to(peer);
    gateway.endpoint().dial(TestGateway.dialTo("sip:1@x", at, SipTransport.TLS).by(to), ears);
    return ears.end();
  }

  Server server(KeyFile own) throws IOException {
    TlsServer tls =
        new TlsServer(files.identity(own), TlsTrust.system(), ClientAuth.NONE, ImmutableList::of);
    return closed(new Server(new TlsHandshakes(tls)));
  }

  @Override
  public void close() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  /** A server that shakes hands when asked to. */
  static final class Server implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 5, LOOPBACK);
    private final TlsHandshakes handshakes;
    private final CompletableFuture<SSLSocket> accepted = new CompletableFuture<>();

    Server(TlsHandshakes handshakes) throws IOException {
      this.handshakes = handshakes;
      Thread thread = new Thread(this::accept, "server");
      thread.setDaemon(true);
      thread.start();
    }

    private void accept() {
      try {
        accepted.complete(handshakes.accept(socket.accept()));
      } catch (IOException e) {
        accepted.completeExceptionally(e);
      }
    }

    InetSocketAddress at() {
      return new InetSocketAddress(LOOPBACK, socket.getLocalPort());
    }

    SipWire next() throws Exception {
      return SipWire.over(accepted.get(20, TimeUnit.SECONDS), "TLS");
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
