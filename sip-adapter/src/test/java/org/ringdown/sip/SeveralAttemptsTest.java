package org.ringdown.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.ringdown.sip.leg.Dial;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.transport.SipTransport;
import org.ringdown.sip.transport.Way;

/** One call that is tried at one server after the other (RFC 3263 section 4.3). */
@TestInstance(Lifecycle.PER_CLASS)
class SeveralAttemptsTest {
  private static final Duration BRIEF = Duration.ofMillis(100);

  private TestGateway gateway;
  private SipPeer first;
  private SipPeer second;
  private TestGateway.Ears ears;

  @BeforeAll
  void startGateway() throws IOException {
    gateway = new TestGateway("127.0.0.1");
  }

  @AfterAll
  void stopGateway() {
    gateway.close();
  }

  @BeforeEach
  void openPeers() throws IOException {
    first = SipPeer.over(gateway.udp());
    second = SipPeer.over(gateway.udp());
    ears = new TestGateway.Ears();
  }

  @AfterEach
  void everyLegIsOver() throws IOException {
    gateway.awaitNoLegs();
    first.close();
    second.close();
  }

  @Test
  void silenceEndsAnAttemptAndTheNextIsTheSameCall() {
    SipLeg silent = dial(first, null, ears);
    first.play("G: INVITE +sdp");
    ears.heard("ended TIMEOUT 408");
    gateway.awaitNoLegs();

    TestGateway.Ears next = new TestGateway.Ears();
    SipLeg leg = dial(second, silent.callId(), next);
    second.play("G: INVITE +sdp");
    assertThat(second.last().header("Call-ID")).isEqualTo(first.last().header("Call-ID"));
    assertThat(second.last().header("Via")).isNotEqualTo(first.last().header("Via"));
    assertThat(second.last().header("From")).isNotEqualTo(first.last().header("From"));
    second.play("P: 200 INVITE +sdp\nG: ACK");
    next.heard("answered sdp");
    leg.end(SipStatus.OK);
    second.play("G: BYE\nP: 200 BYE");
  }

  @Test
  void aLateAnswerToAnAttemptThatWasGivenUpIsHungUp() {
    dial(first, null, ears);
    first.play("G: INVITE");
    ears.heard("ended TIMEOUT 408");
    first.play("P: 200 INVITE +sdp\nG: ACK\nG: BYE\nP: 200 BYE");
    ears.heard("ended TIMEOUT 408");
  }

  @Test
  void aLateSignOfLifeIsCancelled() {
    dial(first, null, ears);
    first.play("G: INVITE");
    ears.heard("ended TIMEOUT 408");
    first.play("P: 180 INVITE\nG: CANCEL\nP: 200 CANCEL\nP: 487 INVITE\nG: ACK");
    ears.heard("ended TIMEOUT 408");
  }

  @Test
  void whoSaysTryingIsWaitedFor() {
    dial(first, null, ears);
    first.play("G: INVITE\nP: 100 INVITE\nG: nothing\nP: 486 INVITE\nG: ACK");
    ears.heard("ended REFUSED 486");
  }

  @Test
  void aRefusalTellsHowLongToStayAway() {
    dial(first, null, ears);
    first.play("G: INVITE\nP: 503 INVITE | Retry-After: 18000;duration=3600\nG: ACK");
    assertThat(ears.end().retryAfter()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void itGoesByWayOfAProxy() {
    Dial.Attempt attempt = new Dial.Attempt(null, new Way(BRIEF, "sip:proxy.example:5070"));
    gateway.endpoint().dial(to(first).as(attempt), ears);
    first.play("G: INVITE | Route: <sip:proxy.example:5070;lr>\nP: 486 INVITE\nG: ACK");
    ears.heard("ended REFUSED 486");
  }

  private SipLeg dial(SipPeer peer, @Nullable String callId, TestGateway.Ears listener) {
    return gateway
        .endpoint()
        .dial(to(peer).as(new Dial.Attempt(callId, new Way(BRIEF, null))), listener);
  }

  private static Dial to(SipPeer peer) {
    return TestGateway.dialTo("sip:1001@" + peer.address(), peer.wire().local(), SipTransport.UDP);
  }
}
