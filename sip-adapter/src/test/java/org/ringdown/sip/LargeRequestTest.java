package org.ringdown.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.sip.leg.Dial;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.transport.Destination;
import org.ringdown.sip.transport.SipTransport;
import org.ringdown.sip.wire.SipWire;

/** RFC 3261 section 18.1.1: what is too large for UDP goes by TCP. */
class LargeRequestTest {
  private final InetAddress loopback = InetAddress.getLoopbackAddress();
  private TestGateway gateway;

  @BeforeEach
  void startGateway() throws IOException {
    gateway = new TestGateway("127.0.0.1");
  }

  @AfterEach
  void stopGateway() {
    gateway.close();
  }

  private TestGateway.Ears dial(InetSocketAddress at, int sdpBytes, boolean mayChange) {
    Destination udp = new Destination(at, SipTransport.UDP);
    Dial small = TestGateway.dialTo("sip:1001@pbx.example", at, SipTransport.UDP);
    String sdp = small.sdp() + "a=x:" + "x".repeat(sdpBytes) + "\r\n";
    TestGateway.Ears ears = new TestGateway.Ears();
    gateway
        .endpoint()
        .dial(
            new Dial(
                small.requestUri(),
                mayChange ? udp.orTcpIfLarge() : udp,
                small.from(),
                small.to(),
                sdp,
                small.headers(),
                null,
                small.policy(),
                small.attempt(),
                small.hops()),
            ears);
    return ears;
  }

  @ParameterizedTest
  @CsvSource({"1000,true,TCP", "1000,false,UDP", "0,true,UDP"})
  void aLargeInviteGoesByTcpWhereThatIsWanted(int bytes, boolean mayChange, SipTransport by)
      throws IOException {
    try (ServerSocket tcp = new ServerSocket(0, 5, loopback);
        SipWire udp =
            SipWire.udp((InetSocketAddress) tcp.getLocalSocketAddress(), gateway.udp().address())) {
      TestGateway.Ears ears =
          dial((InetSocketAddress) tcp.getLocalSocketAddress(), bytes, mayChange);
      try (SipPeer pbx =
          by == SipTransport.TCP
              ? new SipPeer(SipWire.over(tcp.accept(), "TCP"), gateway.tcp(), "1001")
              : new SipPeer(udp, gateway.udp(), "1001")) {
        pbx.play("G: INVITE +sdp | Via: SIP/2.0/" + by + "\nP: 100 INVITE\nP: 180 INVITE");
        pbx.play("P: 200 INVITE +sdp\nG: ACK | Via: SIP/2.0/" + by + "\nP: BYE\nG: 200 BYE");
        ears.heard("progress 180", "answered sdp", "ended BYE 200");
      }
    }
    gateway.awaitNoLegs();
  }

  @Test
  void aCancelGoesTheSameWay() throws IOException {
    try (ServerSocket tcp = new ServerSocket(0, 5, loopback)) {
      Destination to =
          new Destination((InetSocketAddress) tcp.getLocalSocketAddress(), SipTransport.UDP);
      Dial small = TestGateway.dialTo("sip:1@pbx.example", to.address(), SipTransport.UDP);
      String sdp = small.sdp() + "a=x:" + "x".repeat(1000) + "\r\n";
      TestGateway.Ears ears = new TestGateway.Ears();
      SipLeg leg =
          gateway
              .endpoint()
              .dial(
                  new Dial(
                      small.requestUri(),
                      to.orTcpIfLarge(),
                      small.from(),
                      small.to(),
                      sdp,
                      small.headers(),
                      null,
                      small.policy(),
                      small.attempt(),
                      small.hops()),
                  ears);
      try (SipPeer pbx = new SipPeer(SipWire.over(tcp.accept(), "TCP"), gateway.tcp(), "1")) {
        pbx.play("G: INVITE\nP: 180 INVITE");
        ears.heard("progress 180");
        leg.end(SipStatus.OK);
        pbx.play("G: CANCEL\nP: 200 CANCEL\nP: 487 INVITE\nG: ACK");
      }
    }
  }

  @Test
  void whereTcpIsRefusedItGoesByUdpAllTheSame() throws IOException {
    try (SipPeer pbx = SipPeer.over(gateway.udp())) {
      for (int call = 0; call < 2; call++) {
        TestGateway.Ears ears = dial(pbx.wire().local(), 1000, true);
        pbx.play("G: INVITE +sdp | Via: SIP/2.0/UDP\nP: 486 INVITE\nG: ACK");
        ears.heard("ended REFUSED 486");
        assertThat(gateway.endpoint().connections()).isZero();
      }
    }
  }
}
