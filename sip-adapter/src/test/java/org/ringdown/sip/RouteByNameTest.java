package org.ringdown.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.ringdown.sip.dns.DnsConfig;
import org.ringdown.sip.dns.FakeDns;
import org.ringdown.sip.dns.SipLocator;
import org.ringdown.sip.message.SipStatus;

/** Proxies that record their route by name. */
class RouteByNameTest {
  private static final String EDGE = " | Record-Route: <sip:edge.example:%d;lr>";

  private static TestGateway asking(FakeDns dns) throws IOException {
    DnsConfig config = new DnsConfig(ImmutableList.of(dns.address()), Duration.ofSeconds(5));
    return new TestGateway(new SipLocator(config));
  }

  private static int port(SipPeer peer) {
    return peer.wire().local().getPort();
  }

  @Test
  void whatFollowsGoesWhereTheNameLeads() throws IOException {
    try (FakeDns dns = new FakeDns("edge.example. 60 IN A 127.0.0.1");
        TestGateway gateway = asking(dns);
        SipPeer edge = SipPeer.over(gateway.udp());
        SipPeer caller = SipPeer.over(gateway.udp())) {
      caller.play("P: INVITE +sdp" + EDGE.formatted(port(edge)) + "\nG: 100 INVITE");
      TestGateway.Call call = gateway.nextCall();
      call.leg().answer(TestGateway.ANSWER);
      caller.play("G: 200 INVITE\nP: ACK");
      call.ears().heard("confirmed");
      TestGateway.soon().until(() -> !dns.asked().isEmpty());
      digitsUntilHeardAt(edge, call);
      call.leg().end(SipStatus.OK);
      edge.play("G: BYE | Route: edge.example\nP: 200 BYE");
      gateway.awaitNoLegs();
    }
  }

  /** The answer of DNS may be a moment later than our question. */
  private static void digitsUntilHeardAt(SipPeer edge, TestGateway.Call call) {
    TestGateway.soon()
        .until(
            () -> {
              call.leg().digits("1", 40, 40);
              byte[] info = edge.wire().next(100);
              return info != null;
            });
  }

  @Test
  void whereNobodyKnowsTheNameThePeerIsAsked() throws IOException {
    try (FakeDns dns = new FakeDns();
        TestGateway gateway = asking(dns);
        SipPeer caller = SipPeer.over(gateway.udp())) {
      caller.play("P: INVITE +sdp" + EDGE.formatted(5060) + "\nG: 100 INVITE");
      TestGateway.Call call = gateway.nextCall();
      call.leg().answer(TestGateway.ANSWER);
      caller.play("G: 200 INVITE\nP: ACK");
      call.ears().heard("confirmed");
      TestGateway.soon().until(() -> !dns.asked().isEmpty());
      call.leg().end(SipStatus.OK);
      caller.play("G: BYE | Route: edge.example\nP: 200 BYE");
      assertThat(dns.asked()).contains("edge.example. A");
      gateway.awaitNoLegs();
    }
  }
}
