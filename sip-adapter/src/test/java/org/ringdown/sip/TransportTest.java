package org.ringdown.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.sip.guard.ScannerLimits;
import org.ringdown.sip.leg.Dial;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.register.RegisterRequest;
import org.ringdown.sip.transport.SipTransport;
import org.ringdown.sip.wire.SipWire;

/** The same calls over UDP and TCP, IPv4 and IPv6, on one endpoint that listens on all of them. */
@TestInstance(Lifecycle.PER_CLASS)
class TransportTest {
  private TestGateway gateway;

  @BeforeAll
  void startGateway() throws IOException {
    gateway = new TestGateway("127.0.0.1", "::1");
  }

  @AfterAll
  void stopGateway() {
    gateway.close();
  }

  @AfterEach
  void everyLegIsOver() {
    gateway.awaitNoLegs();
  }

  private SipPeer phone(SipTransport transport, String address) throws IOException {
    return SipPeer.over(gateway.listen(transport, address));
  }

  @Test
  void listensOnTheSamePortForBothTransports() {
    assertThat(gateway.endpoint().listening()).hasSize(4);
    assertThat(gateway.udp().address()).isEqualTo(gateway.tcp().address());
  }

  @ParameterizedTest
  @CsvSource({"UDP,127.0.0.1", "TCP,127.0.0.1", "UDP,0:0:0:0:0:0:0:1", "TCP,0:0:0:0:0:0:0:1"})
  void carriesAnIncomingCall(SipTransport transport, String address) throws IOException {
    try (SipPeer phone = phone(transport, address)) {
      phone.play("P: INVITE +sdp\nG: 100 INVITE");
      TestGateway.Call call = gateway.nextCall();
      assertThat(call.invite().transport()).isEqualTo(transport);
      assertThat(call.invite().source().getPort()).isEqualTo(phone.wire().local().getPort());
      call.leg().ring();
      call.leg().answer(TestGateway.ANSWER);
      phone.play("G: 180 INVITE\nG: 200 INVITE +sdp\nP: ACK");
      call.ears().heard("confirmed");
      call.leg().end(SipStatus.OK);
      phone.play("G: BYE\nP: 200 BYE");
    }
  }

  @ParameterizedTest
  @CsvSource({"UDP,127.0.0.1", "TCP,127.0.0.1", "UDP,0:0:0:0:0:0:0:1", "TCP,0:0:0:0:0:0:0:1"})
  void callsARegisteredPhoneOverWhatItRegisteredWith(SipTransport transport, String address)
      throws IOException {
    try (SipPeer phone = phone(transport, address)) {
      phone.newCall("1001").play("P: REGISTER");
      RegisterRequest registration = gateway.nextRegistration();
      registration.accept(registration.contacts());
      phone.play("G: 200 REGISTER");
      TestGateway.Ears ears = new TestGateway.Ears();
      String contact = registration.contacts().get(0).uri();
      Dial dial = TestGateway.dialTo(contact, registration.source(), registration.transport());
      SipLeg leg = gateway.endpoint().dial(dial, ears);
      phone.play("G: INVITE +sdp | Via: SIP/2.0/" + transport);
      assertThat(phone.last().startLine()).isEqualTo("INVITE " + contact + " SIP/2.0");
      phone.play("P: 200 INVITE +sdp\nG: ACK");
      ears.heard("answered sdp");
      leg.offer(TestGateway.OFFER);
      phone.play("G: INVITE +sdp\nP: 200 INVITE +sdp\nG: ACK");
      phone.play("P: BYE\nG: 200 BYE");
      ears.heard("answered sdp", "offer answered sdp", "ended BYE 200");
    }
  }

  @Test
  void connectsToAPhoneThatListensForTcp() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddresses.forString("127.0.0.1"))) {
      InetSocketAddress hop =
          new InetSocketAddress(InetAddresses.forString("127.0.0.1"), server.getLocalPort());
      TestGateway.Ears ears = new TestGateway.Ears();
      gateway.endpoint().dial(TestGateway.dialTo("sip:x@y", hop, SipTransport.TCP), ears);
      try (SipPeer phone = new SipPeer(SipWire.over(server.accept(), "TCP"), gateway.tcp(), "x")) {
        phone.play(
            "G: INVITE +sdp | Contact: ;transport=tcp\nP: 180 INVITE\nP: 603 INVITE\nG: ACK");
        ears.heard("progress 180", "ended REFUSED 603");
      }
    }
  }

  @Test
  void answersNobodyButTheSender() throws IOException {
    try (SipPeer phone = phone(SipTransport.UDP, "127.0.0.1");
        DatagramSocket stranger =
            new DatagramSocket(
                phone.wire().local().getPort(), InetAddress.getByName("127.0.0.2"))) {
      phone
          .wire()
          .send(
              SipWire.bytes(
                  "INVITE sip:x@y SIP/2.0\r\nVia: SIP/2.0/UDP "
                      + phone.address()
                      + ";maddr=127.0.0.2;branch=z9hG4bKm\r\nFrom: <sip:a@b>;tag=1\r\n"
                      + "To: <sip:c@d>\r\nCall-ID: maddr\r\nCSeq: 1 INVITE\r\n"
                      + "Contact: <sip:a@b>\r\nContent-Length: 0\r\n\r\n"));
      phone.play("G: 100 INVITE");
      gateway.nextCall().leg().end(SipStatus.BUSY_HERE);
      phone.play("G: 486 INVITE");
      stranger.setSoTimeout(1);
      assertThatThrownBy(() -> stranger.receive(new DatagramPacket(new byte[100], 100)))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void connectsToNobodyForAStranger() throws IOException {
    int before = gateway.endpoint().connections();
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
      try (SipPeer phone = phone(SipTransport.TCP, "127.0.0.1")) {
        phone
            .wire()
            .send(
                SipWire.bytes(
                    "INVITE sip:x@y SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.2:"
                        + other.getLocalPort()
                        + ";branch=z9hG4bKc\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\n"
                        + "Call-ID: via\r\nCSeq: 1 INVITE\r\nContact: <sip:a@b>\r\n"
                        + "Content-Length: 0\r\n\r\n"));
        phone.play("G: 100 INVITE");
      }
      SipLeg leg = gateway.nextCall().leg();
      TestGateway.soon().until(() -> gateway.endpoint().connections() <= before);
      leg.end(SipStatus.BUSY_HERE);
      gateway.awaitNoLegs();
      other.setSoTimeout(500);
      assertThatThrownBy(other::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void readsSeveralMessagesInOneSegment() throws IOException {
    try (SipPeer phone = phone(SipTransport.TCP, "127.0.0.1")) {
      phone.play("P: OPTIONS\nG: 200 OPTIONS");
      phone.wire().send(SipWire.bytes("\r\n\r\n"));
      phone.play("P: OPTIONS\nP: OPTIONS\nG: 200 OPTIONS\nG: 200 OPTIONS");
    }
  }

  @Test
  void answersAMalformedRequestOverTcp() throws IOException {
    try (SipPeer phone = phone(SipTransport.TCP, "127.0.0.1")) {
      phone
          .wire()
          .send(
              SipWire.bytes(
                  "OPTIONS sip:[ SIP/2.0\r\nVia: SIP/2.0/TCP "
                      + phone.address()
                      + ";branch=z9hG4bKt\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\n"
                      + "Call-ID: raw\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n"));
      phone.play("G: 400 OPTIONS\nP: OPTIONS\nG: 200 OPTIONS");
    }
  }

  @Test
  void sendsResponsesToWhereTheRequestCameFrom() throws IOException {
    try (SipPeer phone = phone(SipTransport.UDP, "127.0.0.1")) {
      phone.play(
          "P: OPTIONS | Via: SIP/2.0/UDP 10.255.255.1:9;rport;branch=z9hG4bKnat\n"
              + "G: 200 OPTIONS | Via: received=127.0.0.1");
      assertThat(phone.last().header("Via")).contains("rport=" + phone.wire().local().getPort());
    }
  }

  @Test
  void writesThePublicHostIntoContactAndVia() throws IOException {
    SipConfig config = config("127.0.0.1", 0, "gw.example.org");
    try (SipEndpoint endpoint = SipEndpoint.start(config, gateway);
        SipPeer phone = SipPeer.over(endpoint.listening().get(0))) {
      Dial dial = TestGateway.dialTo("sip:x@y", phone.wire().local(), SipTransport.UDP);
      endpoint.dial(dial, new TestGateway.Ears());
      phone.play("G: INVITE | Via: gw.example.org: | Contact: @gw.example.org:\nP: 486 INVITE");
      phone.play("G: ACK");
    }
  }

  @Test
  void doesNotStartWhereAnAddressIsTaken() throws IOException {
    try (DatagramSocket taken = new DatagramSocket(0, InetAddresses.forString("127.0.0.1"))) {
      SipConfig config = config("127.0.0.1", taken.getLocalPort(), null);
      Assertions.assertThatThrownBy(() -> SipEndpoint.start(config, gateway))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot listen on UDP");
    }
  }

  @Test
  void doesNotListenOnAWildcard() {
    Assertions.assertThatThrownBy(() -> SipEndpoint.start(config("0.0.0.0", 0, null), gateway))
        .isInstanceOf(IOException.class);
  }

  @Test
  void doesNotStartWhereATcpPortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddresses.forString("127.0.0.1"))) {
      SipConfig config = config(SipTransport.TCP, "127.0.0.1", taken.getLocalPort(), null);
      Assertions.assertThatThrownBy(() -> SipEndpoint.start(config, gateway))
          .isInstanceOf(IOException.class)
          .hasMessage("cannot listen on TCP 127.0.0.1:" + taken.getLocalPort());
    }
  }

  private static SipConfig config(
      String address, int port, @org.jspecify.annotations.Nullable String publicHost) {
    return config(SipTransport.UDP, address, port, publicHost);
  }

  private static SipConfig config(
      SipTransport transport,
      String address,
      int port,
      @org.jspecify.annotations.Nullable String publicHost) {
    return new SipConfig(
        ImmutableList.of(
            new SipConfig.Listen(
                transport, new InetSocketAddress(InetAddresses.forString(address), port))),
        "example.org",
        publicHost,
        "Ringdown test",
        Duration.ofMinutes(5),
        16_384,
        ScannerLimits.NONE);
  }
}
