package org.ringdown.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
import org.ringdown.sip.tls.TlsHandshakes;
import org.ringdown.sip.tls.TlsIdentity;
import org.ringdown.sip.tls.TlsPeer;
import org.ringdown.sip.tls.TlsServer;
import org.ringdown.sip.tls.TlsServer.ClientAuth;
import org.ringdown.sip.tls.TlsTrust;
import org.ringdown.sip.transport.SipTransport;
import org.ringdown.sip.wire.SipWire;

/** Calls over TLS of phones that connect to the gateway, and who is let in. */
class TlsTransportTest {
  @TempDir Path directory;

  private TlsScene scene;

  @BeforeEach
  void authorise() throws IOException {
    scene = new TlsScene(directory);
  }

  @AfterEach
  void closeAll() throws Exception {
    scene.close();
  }

  @Test
  void carriesAnIncomingCall() throws IOException {
    TestGateway gateway = scene.gateway();
    SipPeer phone = scene.phone(gateway);

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
    TestGateway gateway = scene.gateway();
    SipPeer phone = scene.phone(gateway);

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
    TestGateway gateway = scene.gateway();
    SipPeer phone = scene.phone(gateway);
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
    TestGateway gateway = scene.gateway();
    SipPeer phone = scene.phone(gateway);
    phone.play("P: OPTIONS\nG: 200 OPTIONS");
    InetSocketAddress source = phone.wire().local();
    phone.close();
    TestGateway.soon().until(() -> gateway.endpoint().connections() == 0);

    SipEnd end = TlsScene.dialled(gateway, source, null);

    assertThat(end.kind()).isEqualTo(SipEnd.Kind.UNREACHABLE);
  }

  @Test
  void whoShowsACertificateIsKnownByIt() throws IOException {
    TestAuthority authority = scene.authority();
    TestGateway gateway = scene.gateway();
    TlsIdentity own = scene.files().identity(authority.certify("pbx", "DNS:pbx.example"));
    SipPeer pbx = scene.phone(gateway, own);

    pbx.play("P: INVITE +sdp\nG: 100 INVITE");
    Invite invite = gateway.nextCall().invite();

    assertThat(invite.certificates().get(0)).isEqualTo(own.certificate());
    TlsTrust trust = scene.files().trust(authority.file());
    assertThat(new TlsPeer("pbx.example", true, trust, null).is(invite.certificates())).isTrue();
    assertThat(new TlsPeer("two.example", true, trust, null).is(invite.certificates())).isFalse();
    assertThat(new TlsPeer("pbx.example", true, TlsTrust.system(), null).is(invite.certificates()))
        .isFalse();
    pbx.play("P: CANCEL\nG: 200 CANCEL\nG: 487 INVITE\nP: ACK");
  }

  @ParameterizedTest
  @EnumSource(ClientAuth.class)
  void aCertificateIsAskedForAsConfigured(ClientAuth auth) throws IOException {
    TestAuthority authority = scene.authority();
    TestGateway gateway = scene.gateway(authority.certify("gateway", "DNS:example.org"), auth);
    TestAuthority stranger = scene.stranger();

    assertThat(isServed(gateway, authority, null)).isEqualTo(auth != ClientAuth.REQUIRED);
    assertThat(
            isServed(
                gateway, authority, scene.files().identity(stranger.certify("x", "DNS:x.example"))))
        .isEqualTo(auth != ClientAuth.REQUIRED);
    assertThat(
            isServed(
                gateway,
                authority,
                scene.files().identity(authority.certify("y", "DNS:y.example"))))
        .isTrue();
  }

  private boolean isServed(TestGateway gateway, TestAuthority authority, @Nullable TlsIdentity own)
      throws IOException {
    InetSocketAddress at = gateway.tls().address();
    TlsPeer expected = new TlsPeer("example.org", true, scene.files().trust(authority.file()), own);
    try (Socket raw = new Socket(at.getAddress(), at.getPort());
        SSLSocket socket = TlsHandshakes.connect(expected, raw)) {
      socket.setSoTimeout(20_000);
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
    TestAuthority authority = scene.authority();
    TestGateway gateway = scene.gateway();
    SipPeer before = scene.phone(gateway);
    before.play("P: INVITE +sdp\nG: 100 INVITE");
    TestGateway.Call call = gateway.nextCall();
    X509Certificate old = shown(gateway, authority);

    KeyFile next = authority.certify("next", "DNS:example.org");
    replace("gateway.pem", next.file());
    scene.files().refresh();
    assertThat(shown(gateway, authority)).as("half of a pair is not used").isEqualTo(old);
    replace("gateway.key", scene.directory().resolve("next.key"));
    scene.files().refresh();
    X509Certificate fresh = shown(gateway, authority);
    assertThat(fresh).isNotEqualTo(old);

    Files.writeString(scene.directory().resolve("gateway.pem"), "nonsense");
    scene.files().refresh();
    assertThat(shown(gateway, authority)).as("nonsense is not used").isEqualTo(fresh);
    call.leg().answer(TestGateway.ANSWER);
    before.play("G: 200 INVITE +sdp\nP: ACK");
    call.ears().heard("confirmed");
    before.play("P: BYE\nG: 200 BYE");
  }

  private void replace(String name, Path by) throws IOException {
    Files.copy(by, scene.directory().resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private X509Certificate shown(TestGateway gateway, TestAuthority authority) throws IOException {
    InetSocketAddress at = gateway.tls().address();
    TlsPeer expected =
        new TlsPeer("example.org", true, scene.files().trust(authority.file()), null);
    try (Socket raw = new Socket(at.getAddress(), at.getPort());
        SSLSocket socket = TlsHandshakes.connect(expected, raw)) {
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  @Test
  void silenceAndGarbageCostNothing() throws IOException {
    TestGateway gateway = scene.gateway();
    InetSocketAddress at = gateway.tls().address();
    for (int i = 1; i <= 20; i++) {
      Socket garbage = scene.closed(new Socket(at.getAddress(), at.getPort()));
      garbage.getOutputStream().write(SipWire.bytes("OPTIONS sip:x SIP/2.0\r\n\r\n".repeat(i)));
      awaitEnd(garbage);
      scene.closed(new Socket(at.getAddress(), at.getPort()));
    }

    SipPeer phone = scene.phone(gateway);
    phone.play("P: OPTIONS\nG: 200 OPTIONS");

    TestGateway.soon().until(() -> gateway.endpoint().connections() == 1);
    scene.phone(gateway).play("P: OPTIONS\nG: 200 OPTIONS");
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

  @Test
  void withoutACertificateNobodyCanConnectByTls() throws IOException {
    TestAuthority authority = scene.authority();
    TestGateway gateway = scene.closed(new TestGateway(TlsServer.none()));

    assertThat(isServed(gateway, authority, null)).isFalse();
  }
}
