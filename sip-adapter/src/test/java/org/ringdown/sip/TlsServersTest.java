package org.ringdown.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.sip.leg.Dial;
import org.ringdown.sip.leg.SipEnd;
import org.ringdown.sip.tls.KeyFile;
import org.ringdown.sip.tls.TestAuthority;
import org.ringdown.sip.tls.TlsHandshakes;
import org.ringdown.sip.tls.TlsIdentity;
import org.ringdown.sip.tls.TlsPeer;
import org.ringdown.sip.tls.TlsServer;
import org.ringdown.sip.tls.TlsServer.ClientAuth;
import org.ringdown.sip.tls.TlsTrust;
import org.ringdown.sip.transport.Destination;
import org.ringdown.sip.transport.SipTransport;

/** Calls over TLS to servers that the gateway connects to: they prove to be the ones meant. */
class TlsServersTest {
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
  void callsAServerThatProvesToBeTheOneMeant() throws Exception {
    TestAuthority authority = scene.authority();
    TestGateway gateway = scene.gateway();
    TlsScene.Server server = scene.server(authority.certify("pbx", "URI:sip:pbx.example"));
    TlsPeer peer = new TlsPeer("pbx.example", true, scene.files().trust(authority.file()), null);

    TestGateway.Ears ears = new TestGateway.Ears();
    Destination to = new Destination(server.at(), SipTransport.TLS).to(peer);
    Dial dial = TestGateway.dialTo("sip:1@pbx.example", server.at(), SipTransport.TLS);
    gateway.endpoint().dial(dial.by(to), ears);
    SipPeer pbx = scene.closed(new SipPeer(server.next(), gateway.tls(), "1"));
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
    TestAuthority authority = scene.authority();
    TestGateway gateway = scene.gateway();
    KeyFile shown =
        switch (what) {
          case "wrong host" -> authority.certify("pbx", "DNS:other.example");
          case "expired" -> authority.expired("pbx", "DNS:pbx.example");
          default -> scene.stranger().certify("pbx", "DNS:pbx.example");
        };
    TlsScene.Server server = scene.server(shown);

    SipEnd end =
        TlsScene.dialled(
            gateway,
            server.at(),
            new TlsPeer("pbx.example", true, scene.files().trust(authority.file()), null));

    assertThat(end.kind()).isEqualTo(SipEnd.Kind.UNREACHABLE);
    assertThat(end.status().explanation()).endsWith(why);
    assertThatThrownBy(server::next).as("no handshake").hasRootCauseInstanceOf(IOException.class);
  }

  /** By TLS 1.3 the handshake is over for us before the server has looked at our certificate. */
  @Test
  void aServerThatRefusesOurCertificateIsLeftAtOnce() throws Exception {
    TestAuthority authority = scene.authority();
    TestGateway gateway = scene.gateway();
    TlsTrust clients = scene.files().trust(scene.stranger().file());
    TlsServer strict =
        new TlsServer(
            scene.files().identity(authority.certify("pbx", "DNS:pbx.example")),
            TlsTrust.system(),
            ClientAuth.REQUIRED,
            () -> ImmutableList.of(clients));
    TlsScene.Server server = scene.closed(new TlsScene.Server(new TlsHandshakes(strict)));
    TlsIdentity own = scene.files().identity(authority.certify("client", "DNS:example.org"));
    TlsPeer peer = new TlsPeer("pbx.example", true, scene.files().trust(authority.file()), own);

    SipEnd end = TlsScene.dialled(gateway, server.at(), peer);

    assertThat(end.kind()).isEqualTo(SipEnd.Kind.UNREACHABLE);
    assertThat(end.status().explanation()).startsWith("no connection to the server: ");
    assertThatThrownBy(server::next).as("no handshake").isInstanceOf(ExecutionException.class);
    gateway.awaitNoLegs();
  }

  @Test
  void aConnectionIsNotUsedForAnotherPeerAtTheSameAddress() throws Exception {
    TestAuthority authority = scene.authority();
    TestGateway gateway = scene.gateway();
    TlsScene.Server server = scene.server(authority.certify("pbx", "DNS:one.example"));
    TlsTrust trust = scene.files().trust(authority.file());
    TestGateway.Ears ears = new TestGateway.Ears();
    Destination one =
        new Destination(server.at(), SipTransport.TLS)
            .to(new TlsPeer("one.example", true, trust, null));
    Dial dial = TestGateway.dialTo("sip:1@one.example", server.at(), SipTransport.TLS);
    gateway.endpoint().dial(dial.by(one), ears);
    SipPeer pbx = scene.closed(new SipPeer(server.next(), gateway.tls(), "1"));
    pbx.play("G: INVITE +sdp");

    SipEnd end =
        TlsScene.dialled(gateway, server.at(), new TlsPeer("two.example", true, trust, null));

    assertThat(end.kind()).isEqualTo(SipEnd.Kind.UNREACHABLE);
    pbx.play("P: 486 INVITE\nG: ACK");
    ears.heard("ended REFUSED 486");
  }

  @Test
  void aServerThatDoesNotShakeHandsHoldsNothingUp() throws Exception {
    TestAuthority authority = scene.authority();
    TestGateway gateway = scene.gateway();
    ServerSocket mute = scene.closed(new ServerSocket(0, 5, TlsScene.LOOPBACK));

    SipEnd end =
        TlsScene.dialled(
            gateway,
            new InetSocketAddress(TlsScene.LOOPBACK, mute.getLocalPort()),
            new TlsPeer("pbx.example", true, scene.files().trust(authority.file()), null));

    assertThat(end.status().explanation()).endsWith("no TLS handshake within 3 s");
  }
}
