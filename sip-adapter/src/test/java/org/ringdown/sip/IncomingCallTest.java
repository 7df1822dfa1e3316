package org.ringdown.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Calls that come to us, message by message. */
@TestInstance(Lifecycle.PER_CLASS)
class IncomingCallTest {
  private TestGateway gateway;
  private SipPeer phone;

  @BeforeAll
  void startGateway() throws IOException {
    gateway = new TestGateway("127.0.0.1");
  }

  @AfterAll
  void stopGateway() {
    gateway.close();
  }

  @BeforeEach
  void connectPhone() throws IOException {
    phone = SipPeer.over(gateway.udp());
  }

  @AfterEach
  void everyLegIsOver() throws IOException {
    gateway.awaitNoLegs();
    phone.close();
  }

  @Test
  void ringsAnswersAndHearsTheHangUp() {
    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    TestGateway.Call call = gateway.nextCall();
    assertThat(call.invite().requestUser()).isEqualTo("alice");
    assertThat(call.invite().from()).isEqualTo(new NameAddress("Phone", "sip:1001@example.org"));
    assertThat(call.invite().sdp()).isEqualTo(SipPeer.SDP);
    assertThat(call.invite().source()).isEqualTo(phone.wire().local());
    call.leg().ring();
    phone.play("G: 180 INVITE | Contact: sip:alice@127.0.0.1");
    call.leg().answer(TestGateway.ANSWER);
    phone.play("G: 200 INVITE +sdp | Allow: BYE | Server: Ringdown\nP: ACK");
    call.ears().heard("confirmed");
    phone.play("P: BYE | Reason: Q.850;cause=31;text=\"Normal, unspecified\"\nG: 200 BYE");
    call.ears().heard("confirmed", "ended BYE 200");
    assertThat(call.ears().end().status().q850Cause()).isEqualTo(31);
    assertThat(call.ears().end().status().explanation()).isEqualTo("Normal, unspecified");
  }

  @Test
  void sendsEarlyMediaWith183() {
    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    TestGateway.Call call = gateway.nextCall();
    call.leg().progress(TestGateway.ANSWER);
    phone.play("G: 183 INVITE +sdp");
    call.leg().end(SipStatus.BUSY_HERE);
    phone.play("G: 486 INVITE\nP: ACK");
  }
}
