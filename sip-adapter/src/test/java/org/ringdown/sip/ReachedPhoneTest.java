package org.ringdown.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.ringdown.sip.dns.DnsConfig;
import org.ringdown.sip.dns.FakeDns;
import org.ringdown.sip.dns.SipLocator;
import org.ringdown.sip.leg.Dial;
import org.ringdown.sip.leg.SipEnd;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.NameAddress;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.text.OutgoingText;
import org.ringdown.sip.transport.Destination;
import org.ringdown.sip.transport.SipTransport;
import org.ringdown.sip.wire.SipWire;

/**
 * Where phones are reached that have registered: the way they came, or where their Contact leads.
 */
class ReachedPhoneTest {
  private static final InetAddress HERE = InetAddresses.forString("127.0.0.1");
  private static final InetAddress ELSEWHERE = InetAddresses.forString("127.0.0.2");

  @Test
  void aConnectionThatStandsIsUsedWhateverTheContactSays() throws IOException {
    try (TestGateway gateway = new TestGateway("127.0.0.1");
        SipPeer phone = SipPeer.over(gateway.tcp())) {
      InetSocketAddress flow = registered(gateway, phone);
      TestGateway.Ears ears = new TestGateway.Ears();
      SipLeg leg = call(gateway, "sip:1001@192.0.2.1:5060;transport=tcp", flow, ears);
      phone.play("G: INVITE +sdp\nP: 180 INVITE\nP: 200 INVITE +sdp\nG: ACK");
      leg.end(SipStatus.OK);
      phone.play("G: BYE\nP: 200 BYE");
      gateway.awaitNoLegs();
    }
  }

  @Test
  void whereTheConnectionIsGoneTheContactIsConnectedTo() throws IOException {
    try (TestGateway gateway = new TestGateway("127.0.0.1");
        ServerSocket port = new ServerSocket(0, 5, HERE)) {
      InetSocketAddress gone = gone(gateway);
      String contact = "sip:1001@127.0.0.1:" + port.getLocalPort() + ";transport=tcp";
      TestGateway.Ears ears = new TestGateway.Ears();
      SipLeg leg = call(gateway, contact, gone, ears);
      try (SipPeer phone = new SipPeer(SipWire.over(port.accept(), "TCP"), gateway.tcp(), "1001")) {
        phone.play("G: INVITE +sdp\nP: 180 INVITE\nP: 200 INVITE +sdp\nG: ACK");
        leg.end(SipStatus.OK);
        phone.play("G: BYE\nP: 200 BYE");
      }
      gateway.awaitNoLegs();
    }
  }

  @Test
  void whoIsGoneAndCannotBeConnectedToIsUnreachableAtOnce() throws IOException {
    try (TestGateway gateway = new TestGateway("127.0.0.1")) {
      InetSocketAddress gone = gone(gateway);
      for (String contact :
          ImmutableList.of(
              "sip:1001@10.0.0.1:5060;transport=tcp", // in another network, behind a NAT
              "sip:1001@127.0.0.1:" + gone.getPort() + ";transport=tcp", // nobody listens
              "sip:1001@127.0.0.1:5060",
              "sips:1001@127.0.0.1:5061",
              "tel:1001")) {
        TestGateway.Ears ears = new TestGateway.Ears();
        call(gateway, contact, gone, ears);
        assertThat(ears.end().kind()).as(contact).isEqualTo(SipEnd.Kind.UNREACHABLE);
        assertThat(ears.end().status().code()).isEqualTo(503);
        assertThat(ears.end().status().explanation()).contains("connection");
        assertThat(textTo(gateway, contact, gone)).isEqualTo(503);
      }
      gateway.awaitNoLegs();
    }
  }

  @Test
  void aConnectionThatBreaksBeforeTheAnswerEndsTheCallAtOnce() throws IOException {
    try (TestGateway gateway = new TestGateway("127.0.0.1");
        SipPeer phone = SipPeer.over(gateway.tcp())) {
      InetSocketAddress flow = registered(gateway, phone);
      TestGateway.Ears ears = new TestGateway.Ears();
      call(gateway, "sip:1001@127.0.0.1;transport=tcp", flow, ears);
      phone.play("G: INVITE +sdp");
      phone.close();
      assertThat(ears.end().kind()).isEqualTo(SipEnd.Kind.UNREACHABLE);
      assertThat(ears.end().status().explanation()).contains("it closed the connection");
      gateway.awaitNoLegs();
    }
  }

  @Test
  void whatFollowsInACallGoesToTheContactWhenTheConnectionIsGone() throws IOException {
    try (TestGateway gateway = new TestGateway("127.0.0.1");
        ServerSocket port = new ServerSocket(0, 5, HERE);
        SipPeer caller = SipPeer.over(gateway.tcp())) {
      TestGateway.Call call =
          answered(gateway, caller, "127.0.0.1:" + port.getLocalPort() + ";transport=tcp");
      caller.close();
      TestGateway.soon().until(() -> gateway.endpoint().connections() == 0);
      call.leg().end(SipStatus.OK);
      try (Socket again = port.accept()) {
        again.setSoTimeout(10_000);
        byte[] begin = again.getInputStream().readNBytes(4);
        assertThat(new String(begin, StandardCharsets.UTF_8)).isEqualTo("BYE ");
      }
    }
  }

  @Test
  void aCallWhosePhoneIsGoneIsOverAtOnceWhenItIsEnded() throws IOException {
    try (TestGateway gateway = new TestGateway("127.0.0.1");
        SipPeer caller = SipPeer.over(gateway.tcp())) {
      TestGateway.Call call = answered(gateway, caller, "10.0.0.1;transport=tcp");
      caller.close();
      TestGateway.soon().until(() -> gateway.endpoint().connections() == 0);
      call.leg().end(SipStatus.OK);
      gateway.awaitNoLegs();
    }
  }

  private static TestGateway.Call answered(TestGateway gateway, SipPeer caller, String contact) {
    caller.play("P: INVITE +sdp | Contact: <sip:1001@" + contact + ">\nG: 100 INVITE");
    TestGateway.Call call = gateway.nextCall();
    call.leg().answer(TestGateway.ANSWER);
    caller.play("G: 200 INVITE\nP: ACK");
    call.ears().heard("confirmed");
    return call;
  }

  @Test
  void aContactByNameIsLookedUp() throws IOException {
    try (FakeDns dns = new FakeDns("phone.example. 60 IN A 127.0.0.2");
        TestGateway gateway = asking(dns);
        SipPeer registering = SipPeer.over(gateway.udp());
        SipPeer phone =
            new SipPeer(
                SipWire.udp(new InetSocketAddress(ELSEWHERE, 0), gateway.udp().address()),
                gateway.udp(),
                "1001")) {
      int port = phone.wire().local().getPort();
      TestGateway.Ears ears = new TestGateway.Ears();
      SipLeg leg = callByUdp(gateway, "sip:1001@phone.example:" + port, registering, ears);
      phone.play("G: INVITE +sdp\nP: 180 INVITE\nP: 200 INVITE +sdp\nG: ACK");
      leg.end(SipStatus.OK);
      phone.play("G: BYE\nP: 200 BYE");
      gateway.awaitNoLegs();
    }
  }

  @Test
  void aNameThatIsTheHostItCameFromOrThatNobodyKnowsLeadsBackTheWayItCame() throws IOException {
    try (FakeDns dns = new FakeDns("phone.example. 60 IN A 127.0.0.1");
        TestGateway gateway = asking(dns);
        SipPeer phone = SipPeer.over(gateway.udp())) {
      for (String host : ImmutableList.of("phone.example:5999", "nobody.example", "192.0.2.1")) {
        TestGateway.Ears ears = new TestGateway.Ears();
        callByUdp(gateway, "sip:1001@" + host, phone, ears);
        phone.play("G: INVITE +sdp\nP: 486 INVITE\nG: ACK");
        assertThat(ears.end().status().code()).as(host).isEqualTo(486);
      }
      assertThat(dns.asked()).contains("phone.example. A", "nobody.example. NAPTR");
    }
  }

  @Test
  void aCallMayBeEndedWhileItsPhoneIsLookedUp() throws IOException {
    try (FakeDns dns = new FakeDns("phone.example. 60 IN A 127.0.0.1");
        TestGateway gateway = asking(dns);
        SipPeer phone = SipPeer.over(gateway.udp())) {
      SipLeg leg = callByUdp(gateway, "sip:1001@slow.example", phone, new TestGateway.Ears());
      leg.end(SipStatus.OK);
      gateway.awaitNoLegs();
    }
  }

  @Test
  void whatFollowsInACallGoesWhereTheNameInTheContactLeads() throws IOException {
    try (FakeDns dns = new FakeDns("pbx.example. 60 IN A 127.0.0.2");
        TestGateway gateway = asking(dns);
        SipPeer caller = SipPeer.over(gateway.udp());
        SipPeer pbx =
            new SipPeer(
                SipWire.udp(new InetSocketAddress(ELSEWHERE, 0), gateway.udp().address()),
                gateway.udp(),
                "1001")) {
      TestGateway.Call call =
          answered(gateway, caller, "pbx.example:" + pbx.wire().local().getPort());
      TestGateway.soon()
          .until(
              () -> {
                call.leg().digits("1", 40, 40);
                return pbx.wire().next(100) != null;
              });
      call.leg().end(SipStatus.OK);
      pbx.play("G: BYE\nP: 200 BYE");
      gateway.awaitNoLegs();
    }
  }

  private static TestGateway asking(FakeDns dns) throws IOException {
    DnsConfig config = new DnsConfig(ImmutableList.of(dns.address()), Duration.ofSeconds(5));
    return new TestGateway(new SipLocator(config));
  }

  /** Says something, so that there is a connection; where from. */
  private static InetSocketAddress registered(TestGateway gateway, SipPeer phone) {
    phone.play("P: OPTIONS\nG: 200 OPTIONS");
    assertThat(gateway.endpoint().connections()).isEqualTo(1);
    return phone.wire().local();
  }

  /** Where a phone was heard from whose connection is gone. */
  private static InetSocketAddress gone(TestGateway gateway) throws IOException {
    try (SipPeer phone = SipPeer.over(gateway.tcp())) {
      InetSocketAddress flow = registered(gateway, phone);
      phone.close();
      TestGateway.soon().until(() -> gateway.endpoint().connections() == 0);
      return flow;
    }
  }

  private static SipLeg call(
      TestGateway gateway, String contact, InetSocketAddress flow, TestGateway.Ears ears) {
    Dial dial = TestGateway.dialTo(contact, flow, SipTransport.TCP);
    return gateway.endpoint().dial(dial.as(Dial.Attempt.AT_PHONE), ears);
  }

  private static SipLeg callByUdp(
      TestGateway gateway, String contact, SipPeer phone, TestGateway.Ears ears) {
    Dial dial = TestGateway.dialTo(contact, phone.wire().local(), SipTransport.UDP);
    return gateway.endpoint().dial(dial.as(Dial.Attempt.AT_PHONE), ears);
  }

  private static int textTo(TestGateway gateway, String contact, InetSocketAddress flow) {
    NameAddress name = new NameAddress("", "sip:a@b");
    Destination to = new Destination(flow, SipTransport.TCP);
    CompletableFuture<SipStatus> result = new CompletableFuture<>();
    gateway
        .endpoint()
        .text(
            new OutgoingText(contact, to, name, name, "x", OutgoingText.Terms.OF_PHONE),
            result::complete);
    return result.join().code();
  }
}
