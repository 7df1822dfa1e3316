package org.ringdown.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.ringdown.sip.leg.Dial;
import org.ringdown.sip.leg.Invite;
import org.ringdown.sip.leg.SipEnd;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.register.RegisterRequest;
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

/** Calls over TLS in both directions, and who is let in and spoken to. */
class TlsTransportTest {
  private static final InetAddress LOOPBACK = InetAddresses.forString("127.0.0.1");

  @TempDir Path directory;

  private final TlsFiles files = new TlsFiles();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @AfterEach
  void closeAll() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  private <T extends AutoCloseable> T closed(T item) {
    open.push(item);
    return item;
  }

  private TestAuthority authority() throws IOException {
    return TestAuthority.in(directory, "authority");
  }

  private TestGateway gateway(KeyFile own, TestAuthority clients, ClientAuth auth)
      throws IOException {
    TlsTrust trust = files.trust(clients.file());
    TlsServer tls =
        new TlsServer(files.identity(own), TlsTrust.system(), auth, () -> ImmutableList.of(trust));
    return closed(new TestGateway(tls));
  }

  private TestGateway gateway(TestAuthority authority) throws IOException {
    return gateway(authority.certify("gateway", "DNS:example.org"), authority, ClientAuth.OPTIONAL);
  }

  /** A phone with a connection of its own that checks the gateway's certificate. */
  private SipPeer phone(TestGateway gateway, TestAuthority authority, @Nullable TlsIdentity own)
      throws IOException {
    InetSocketAddress at = gateway.tls().address();
    Socket raw = closed(new Socket(at.getAddress(), at.getPort()));
    TlsPeer expected = new TlsPeer("example.org", true, files.trust(authority.file()), own);
    SSLSocket socket = TlsHandshakes.connect(expected, raw);
    return closed(new SipPeer(SipWire.over(socket, "TLS"), gateway.tls(), "1001"));
  }

  @Test
  void carriesAnIncomingCall() throws IOException {
    TestAuthority authority = authority();
    TestGateway gateway = gateway(authority);
    SipPeer phone = phone(gateway, authority, null);

    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    TestGateway.Call call = gateway.nextCall();
    assertThat(call.invite().transport()).isEqualTo(SipTransport.TLS);
    assertThat(call.invite().certificates()).isEmpty();
    call.leg().answer(TestGateway.ANSWER);
    phone.play("G: 200 INVITE +sdp | Contact: ;transport=tls\nP: ACK");
    call.ears().heard("confirmed");
    call.leg().end(SipStatus.OK);
    phone.play("G: BYE | Via: SIP/2.0/TLS\nP: 200 BYE");
    gateway.awaitNoLegs();
  }

  @Test
  void aSipsCallHasASipsContact() throws IOException {
    TestAuthority authority = authority();
    TestGateway gateway = gateway(authority);
    SipPeer phone = phone(gateway, authority, null);

    phone.to("sips:alice@example.org").play("P: INVITE +sdp\nG: 100 INVITE");
    TestGateway.Call call = gateway.nextCall();
    call.leg().answer(TestGateway.ANSWER);
    phone.play("G: 200 INVITE +sdp | Contact: <sips:alice@127.0.0.1:\nP: ACK");
    call.ears().heard("confirmed");
    phone.play("P: BYE\nG: 200 BYE");
    gateway.awaitNoLegs();
  }

  @ParameterizedTest
  @CsvSource({"sip:1001@10.1.1.1:5061;transport=tls", "sips:1001@10.1.1.1", "sip:1001@10.1.1.1"})
  void callsAPhoneOverTheConnectionItRegisteredBy(String contact) throws IOException {
    TestAuthority authority = authority();
    TestGateway gateway = gateway(authority);
    SipPeer phone = phone(gateway, authority, null);
    phone.newCall("1001").play("P: REGISTER | Contact: <" + contact + ">");
    RegisterRequest registration = gateway.nextRegistration();
    registration.accept(registration.contacts());
    phone.play("G: 200 REGISTER");

    TestGateway.Ears ears = new TestGateway.Ears();
    String uri = registration.contacts().get(0).uri();
    Dial dial = TestGateway.dialTo(uri, registration.source(), registration.transport());
    SipLeg leg = gateway.endpoint().dial(dial, ears);
    phone.play(
        "G: INVITE +sdp | Via: SIP/2.0/TLS\nP: 200 INVITE +sdp | Contact: <" + contact + ">");
    phone.play("G: ACK | Via: SIP/2.0/TLS");
    ears.heard("answered sdp");
    leg.end(SipStatus.OK);
    phone.play("G: BYE\nP: 200 BYE");
    gateway.awaitNoLegs();
  }

  @Test
  void doesNotCallAPhoneWhoseConnectionIsGone() throws IOException {
    TestAuthority authority = authority();
    TestGateway gateway = gateway(authority);
    SipPeer phone = phone(gateway, authority, null);
    phone.play("P: OPTIONS\nG: 200 OPTIONS");
    InetSocketAddress source = phone.wire().local();
    phone.close();
    TestGateway.soon().until(() -> gateway.endpoint().connections() == 0);

    SipEnd end = dialled(gateway, source, null);

    assertThat(end.kind()).isEqualTo(SipEnd.Kind.UNREACHABLE);
  }

  /** How a call ends that is sent there and not answered. */
  private static SipEnd dialled(TestGateway gateway, InetSocketAddress at, @Nullable TlsPeer peer) {
    TestGateway.Ears ears = new TestGateway.Ears();
    Destination to = new Destination(at, SipTransport.TLS).to(peer);
    gateway.endpoint().dial(TestGateway.dialTo("sip:1@x", at, SipTransport.TLS).by(to), ears);
    return ears.end();
  }

  @Test
  void callsAServerThatProvesToBeTheOneMeant() throws Exception {
    TestAuthority authority = authority();
    TestGateway gateway = gateway(authority);
    Server server = server(authority.certify("pbx", "URI:sip:pbx.example"));
    TlsPeer peer = new TlsPeer("pbx.example", true, files.trust(authority.file()), null);

    TestGateway.Ears ears = new TestGateway.Ears();
    Destination to = new Destination(server.at(), SipTransport.TLS).to(peer);
    Dial dial = TestGateway.dialTo("sip:1@pbx.example", server.at(), SipTransport.TLS);
    gateway.endpoint().dial(dial.by(to), ears);
    SipPeer pbx = closed(new SipPeer(server.next(), gateway.tls(), "1"));
    pbx.play("G: INVITE +sdp | Contact: ;transport=tls\nP: 200 INVITE +sdp\nG: ACK\nP: BYE");
    pbx.play("G: 200 BYE");
    ears.heard("answered sdp", "ended BYE 200");
    assertThat(gateway.endpoint().connections()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          wrong host | the certificate is for [other.example] and not for pbx.example
          expired    | its certificate has expired
          untrusted  | its certificate is of no authority that is trusted
          """)
  void doesNotSpeakToAnyOther(String what, String why) throws Exception {
    TestAuthority authority = authority();
    TestGateway gateway = gateway(authority);
    KeyFile shown =
        switch (what) {
          case "wrong host" -> authority.certify("pbx", "DNS:other.example");
          case "expired" -> authority.expired("pbx", "DNS:pbx.example");
          default -> TestAuthority.in(directory, "stranger").certify("pbx", "DNS:pbx.example");
        };
    Server server = server(shown);

    SipEnd end =
        dialled(
            gateway,
            server.at(),
            new TlsPeer("pbx.example", true, files.trust(authority.file()), null));

    assertThat(end.kind()).isEqualTo(SipEnd.Kind.UNREACHABLE);
    assertThat(end.status().explanation()).endsWith(why);
    assertThatThrownBy(server::next).as("no handshake").hasRootCauseInstanceOf(IOException.class);
  }

  /** By TLS 1.3 the handshake is over for us before the server has looked at our certificate. */
  @Test
  void aServerThatRefusesOurCertificateIsLeftAtOnce() throws Exception {
    TestAuthority authority = authority();
    TestGateway gateway = gateway(authority);
    TlsTrust clients = files.trust(TestAuthority.in(directory, "stranger").file());
    TlsServer strict =
        new TlsServer(
            files.identity(authority.certify("pbx", "DNS:pbx.example")),
            TlsTrust.system(),
            ClientAuth.REQUIRED,
            () -> ImmutableList.of(clients));
    Server server = closed(new Server(new TlsHandshakes(strict)));
    TlsIdentity own = files.identity(authority.certify("client", "DNS:example.org"));
    TlsPeer peer = new TlsPeer("pbx.example", true, files.trust(authority.file()), own);

    SipEnd end = dialled(gateway, server.at(), peer);

    assertThat(end.kind()).isEqualTo(SipEnd.Kind.UNREACHABLE);
    assertThat(end.status().explanation()).startsWith("no connection to the server: ");
    assertThatThrownBy(server::next).as("no handshake").isInstanceOf(ExecutionException.class);
    gateway.awaitNoLegs();
  }

  @Test
  void aConnectionIsNotUsedForAnotherPeerAtTheSameAddress() throws Exception {
    TestAuthority authority = authority();
    TestGateway gateway = gateway(authority);
    Server server = server(authority.certify("pbx", "DNS:one.example"));
    TlsTrust trust = files.trust(authority.file());
    TestGateway.Ears ears = new TestGateway.Ears();
    Destination one =
        new Destination(server.at(), SipTransport.TLS)
            .to(new TlsPeer("one.example", true, trust, null));
    Dial dial = TestGateway.dialTo("sip:1@one.example", server.at(), SipTransport.TLS);
    gateway.endpoint().dial(dial.by(one), ears);
    SipPeer pbx = closed(new SipPeer(server.next(), gateway.tls(), "1"));
    pbx.play("G: INVITE +sdp");

    SipEnd end = dialled(gateway, server.at(), new TlsPeer("two.example", true, trust, null));

    assertThat(end.kind()).isEqualTo(SipEnd.Kind.UNREACHABLE);
    pbx.play("P: 486 INVITE\nG: ACK");
    ears.heard("ended REFUSED 486");
  }

  @Test
  void aServerThatDoesNotShakeHandsHoldsNothingUp() throws Exception {
    TestAuthority authority = authority();
    TestGateway gateway = gateway(authority);
    ServerSocket mute = closed(new ServerSocket(0, 5, LOOPBACK));

    SipEnd end =
        dialled(
            gateway,
            new InetSocketAddress(LOOPBACK, mute.getLocalPort()),
            new TlsPeer("pbx.example", true, files.trust(authority.file()), null));

    assertThat(end.status().explanation()).endsWith("no TLS handshake within 1 s");
  }

  @Test
  void whoShowsACertificateIsKnownByIt() throws IOException {
    TestAuthority authority = authority();
    TestGateway gateway = gateway(authority);
    TlsIdentity own = files.identity(authority.certify("pbx", "DNS:pbx.example"));
    SipPeer pbx = phone(gateway, authority, own);

    pbx.play("P: INVITE +sdp\nG: 100 INVITE");
    Invite invite = gateway.nextCall().invite();

    assertThat(invite.certificates().get(0)).isEqualTo(own.certificate());
    TlsTrust trust = files.trust(authority.file());
    assertThat(new TlsPeer("pbx.example", true, trust, null).is(invite.certificates())).isTrue();
    assertThat(new TlsPeer("two.example", true, trust, null).is(invite.certificates())).isFalse();
    assertThat(new TlsPeer("pbx.example", true, TlsTrust.system(), null).is(invite.certificates()))
        .isFalse();
    pbx.play("P: CANCEL\nG: 200 CANCEL\nG: 487 INVITE\nP: ACK");
  }

  @ParameterizedTest
  @EnumSource(ClientAuth.class)
  void aCertificateIsAskedForAsConfigured(ClientAuth auth) throws IOException {
    TestAuthority authority = authority();
    TestGateway gateway = gateway(authority.certify("gateway", "DNS:example.org"), authority, auth);
    TestAuthority stranger = TestAuthority.in(directory, "stranger");

    assertThat(isServed(gateway, authority, null)).isEqualTo(auth != ClientAuth.REQUIRED);
    assertThat(isServed(gateway, authority, files.identity(stranger.certify("x", "DNS:x.example"))))
        .isEqualTo(auth != ClientAuth.REQUIRED);
    assertThat(
            isServed(gateway, authority, files.identity(authority.certify("y", "DNS:y.example"))))
        .isTrue();
  }

  private boolean isServed(TestGateway gateway, TestAuthority authority, @Nullable TlsIdentity own)
      throws IOException {
    InetSocketAddress at = gateway.tls().address();
    TlsPeer expected = new TlsPeer("example.org", true, files.trust(authority.file()), own);
    try (Socket raw = new Socket(at.getAddress(), at.getPort());
        SSLSocket socket = TlsHandshakes.connect(expected, raw)) {
      socket.setSoTimeout(3000);
      socket.getOutputStream().write(SipWire.bytes("\r\n\r\n"));
      return socket.getInputStream().read() == '\r';
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aNewCertificateIsShownToThoseWhoComeAndCallsGoOn() throws IOException {
    TestAuthority authority = authority();
    TestGateway gateway = gateway(authority);
    SipPeer before = phone(gateway, authority, null);
    before.play("P: INVITE +sdp\nG: 100 INVITE");
    TestGateway.Call call = gateway.nextCall();
    X509Certificate old = shown(gateway, authority);

    KeyFile next = authority.certify("next", "DNS:example.org");
    replace("gateway.pem", next.file());
    files.refresh();
    assertThat(shown(gateway, authority)).as("half of a pair is not used").isEqualTo(old);
    replace("gateway.key", directory.resolve("next.key"));
    files.refresh();
    X509Certificate fresh = shown(gateway, authority);
    assertThat(fresh).isNotEqualTo(old);

    Files.writeString(directory.resolve("gateway.pem"), "nonsense");
    files.refresh();
    assertThat(shown(gateway, authority)).as("nonsense is not used").isEqualTo(fresh);
    call.leg().answer(TestGateway.ANSWER);
    before.play("G: 200 INVITE +sdp\nP: ACK");
    call.ears().heard("confirmed");
    before.play("P: BYE\nG: 200 BYE");
  }

  private void replace(String name, Path by) throws IOException {
    Files.copy(by, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private X509Certificate shown(TestGateway gateway, TestAuthority authority) throws IOException {
    InetSocketAddress at = gateway.tls().address();
    TlsPeer expected = new TlsPeer("example.org", true, files.trust(authority.file()), null);
    try (Socket raw = new Socket(at.getAddress(), at.getPort());
        SSLSocket socket = TlsHandshakes.connect(expected, raw)) {
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  @Test
  void silenceAndGarbageCostNothing() throws IOException {
    TestAuthority authority = authority();
    TestGateway gateway = gateway(authority);
    InetSocketAddress at = gateway.tls().address();
    for (int i = 1; i <= 20; i++) {
      Socket garbage = closed(new Socket(at.getAddress(), at.getPort()));
      garbage.getOutputStream().write(SipWire.bytes("OPTIONS sip:x SIP/2.0\r\n\r\n".repeat(i)));
      awaitEnd(garbage);
      closed(new Socket(at.getAddress(), at.getPort()));
    }

    SipPeer phone = phone(gateway, authority, null);
    phone.play("P: OPTIONS\nG: 200 OPTIONS");

    TestGateway.soon().until(() -> gateway.endpoint().connections() == 1);
    phone(gateway, authority, null).play("P: OPTIONS\nG: 200 OPTIONS");
    phone.play("P: OPTIONS\nG: 200 OPTIONS");
  }

  /** Waits until the other side has closed it, with or without an alert before. */
  private static void awaitEnd(Socket socket) throws IOException {
    socket.setSoTimeout(10_000);
    try {
      socket.getInputStream().readAllBytes();
    } catch (SocketException reset) {
      // Closed with some of the garbage unread.
    }
  }

  /** A server that shakes hands when asked to. */
  private final class Server implements AutoCloseable {
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
      return SipWire.over(accepted.get(5, TimeUnit.SECONDS), "TLS");
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private Server server(KeyFile own) throws IOException {
    TlsServer tls =
        new TlsServer(files.identity(own), TlsTrust.system(), ClientAuth.NONE, ImmutableList::of);
    return closed(new Server(new TlsHandshakes(tls)));
  }

  @Test
  void withoutACertificateNobodyCanConnectByTls() throws IOException {
    TestAuthority authority = authority();
    TestGateway gateway = closed(new TestGateway(TlsServer.none()));

    assertThat(isServed(gateway, authority, null)).isFalse();
  }
}
