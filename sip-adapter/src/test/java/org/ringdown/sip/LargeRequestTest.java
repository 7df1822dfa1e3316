package org.ringdown.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.sip.leg.Dial;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.NameAddress;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.text.OutgoingText;
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

  /** A server whose port is nobody else's for UDP either. */
  private ServerSocket server() throws IOException {
    while (true) {
      ServerSocket tcp = new ServerSocket(0, 5, loopback);
      try (DatagramSocket udp = new DatagramSocket(tcp.getLocalPort(), loopback)) {
        assertThat(udp.isBound()).isTrue();
        return tcp;
      } catch (BindException taken) {
        tcp.close();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1000,true,TCP", "1000,false,UDP", "0,true,UDP"})
  void aLargeInviteGoesByTcpWhereThatIsWanted(int bytes, boolean mayChange, SipTransport by)
      throws IOException {
    try (ServerSocket tcp = server();
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

  private static String large() {
    return TestGateway.OFFER + "a=x:" + "x".repeat(1000) + "\r\n";
  }

  private SipLeg dialled(SipPeer pbx, TestGateway.Ears ears) {
    InetSocketAddress at = pbx.wire().local();
    Destination to = new Destination(at, SipTransport.UDP).orTcpIfLarge();
    Dial small = TestGateway.dialTo("sip:1001@pbx.example", at, SipTransport.UDP);
    SipLeg leg = gateway.endpoint().dial(small.by(to), ears);
    pbx.play("G: INVITE +sdp | Via: SIP/2.0/UDP\nP: 200 INVITE +sdp\nG: ACK | Via: SIP/2.0/UDP");
    ears.heard("answered sdp");
    return leg;
  }

  private SipPeer pbxBeside(ServerSocket tcp) throws IOException {
    InetSocketAddress at = (InetSocketAddress) tcp.getLocalSocketAddress();
    return new SipPeer(SipWire.udp(at, gateway.udp().address()), gateway.udp(), "1001");
  }

  @Test
  void soDoesALargeReInvite() throws IOException {
    try (ServerSocket tcp = server();
        SipPeer pbx = pbxBeside(tcp)) {
      TestGateway.Ears ears = new TestGateway.Ears();
      SipLeg leg = dialled(pbx, ears);
      leg.offer(large());
      try (SipPeer byTcp = new SipPeer(SipWire.over(tcp.accept(), "TCP"), gateway.tcp(), "1001")) {
        byTcp.play("G: INVITE +sdp | Via: SIP/2.0/TCP\nP: 200 INVITE +sdp");
      }
      pbx.play("G: ACK");
      ears.heard("answered sdp", "offer answered sdp");
      leg.end(SipStatus.OK);
      pbx.play("G: BYE | Via: SIP/2.0/UDP\nP: 200 BYE");
    }
    gateway.awaitNoLegs();
  }

  @Test
  void aLargeReInviteGoesByUdpWhereTcpIsRefused() throws IOException {
    try (SipPeer pbx = SipPeer.over(gateway.udp())) {
      TestGateway.Ears ears = new TestGateway.Ears();
      SipLeg leg = dialled(pbx, ears);
      leg.offer(large());
      pbx.play("G: INVITE +sdp | Via: SIP/2.0/UDP\nP: 200 INVITE +sdp\nG: ACK\nP: BYE\nG: 200 BYE");
      ears.heard("answered sdp", "offer answered sdp", "ended BYE 200");
    }
    gateway.awaitNoLegs();
  }

  /** Its Contact names another address than its packets come from: nobody would be there. */
  @ParameterizedTest
  @CsvSource({"false,TCP", "true,UDP"})
  void aCallerGetsWhatIsLargeByTcpUnlessItIsBehindANat(boolean behindNat, SipTransport by)
      throws IOException {
    try (ServerSocket tcp = server();
        SipPeer caller = pbxBeside(tcp)) {
      String contact = behindNat ? " | Contact: <sip:1001@192.0.2.7:5060>" : "";
      caller.play("P: INVITE +sdp" + contact + "\nG: 100 INVITE");
      TestGateway.Call call = gateway.nextCall();
      call.leg().answer(TestGateway.ANSWER);
      caller.play("G: 200 INVITE\nP: ACK");
      call.ears().heard("confirmed");
      call.leg().offer(large());
      if (by == SipTransport.TCP) {
        try (SipPeer other = new SipPeer(SipWire.over(tcp.accept(), "TCP"), gateway.tcp(), "1")) {
          other.play("G: INVITE +sdp | Via: SIP/2.0/TCP\nP: 488 INVITE\nG: ACK");
        }
      } else {
        caller.play("G: INVITE +sdp | Via: SIP/2.0/UDP\nP: 488 INVITE\nG: ACK");
      }
      call.ears().heard("confirmed", "offer answered");
      caller.play("P: BYE\nG: 200 BYE");
    }
    gateway.awaitNoLegs();
  }

  @ParameterizedTest
  @CsvSource({"true,TCP", "false,UDP"})
  void soDoesALargeText(boolean listens, SipTransport by) throws Exception {
    CompletableFuture<SipStatus> result = new CompletableFuture<>();
    try (ServerSocket tcp = server();
        SipPeer pbx = pbxBeside(tcp)) {
      if (!listens) {
        tcp.close();
      }
      Destination to = new Destination(pbx.wire().local(), SipTransport.UDP).orTcpIfLarge();
      NameAddress name = new NameAddress("", "sip:1@pbx.example");
      gateway
          .endpoint()
          .text(
              new OutgoingText(
                  "sip:1@x", to, name, name, "x".repeat(1200), OutgoingText.Terms.OF_PHONE),
              result::complete);
      try (SipPeer heard =
          listens ? new SipPeer(SipWire.over(tcp.accept(), "TCP"), gateway.tcp(), "1") : pbx) {
        heard.play("G: MESSAGE | Via: SIP/2.0/" + by + "\nP: 200 MESSAGE");
        assertThat(result.get(20, TimeUnit.SECONDS).code()).isEqualTo(200);
      }
    }
  }

  @Test
  void aCancelGoesTheSameWay() throws IOException {
    try (ServerSocket tcp = server()) {
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
