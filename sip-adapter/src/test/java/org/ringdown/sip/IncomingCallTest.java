package org.ringdown.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringdown.sip.auth.DigestClient;
import org.ringdown.sip.challenge.Authentication;
import org.ringdown.sip.leg.Invite;
import org.ringdown.sip.leg.SipEnd;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.NameAddress;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.register.RegisterRequest;

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
    gateway.between = UnaryOperator.identity();
    gateway.awaitNoLegs();
    phone.close();
  }

  @Test
  void takesACallThatDoesNotCountItsHops() {
    phone.play("P: INVITE +sdp | Max-Forwards: -\nG: 100 INVITE");
    gateway.nextCall().leg().end(SipStatus.BUSY_HERE);
    phone.play("G: 486 INVITE\nP: ACK");
  }

  private static IllegalStateException onPurpose() {
    return new IllegalStateException("on purpose");
  }

  @Test
  void hangsUpWhereAListenerFails() {
    gateway.between =
        ears ->
            new SipLeg.Listener() {
              @Override
              public void onConfirmed() {
                throw onPurpose();
              }

              @Override
              public void onEnded(SipEnd end) {
                ears.onEnded(end);
              }
            };
    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    TestGateway.Call call = gateway.nextCall();
    call.leg().answer(TestGateway.ANSWER);
    phone.play("G: 200 INVITE +sdp\nP: ACK\nG: BYE | Reason: Q.850;cause=41\nP: 200 BYE");
    call.ears().heard("ended UNREACHABLE 500");
  }

  @Test
  void endsOnceWhereAListenerFailsAtTheEnd() {
    gateway.between =
        ears ->
            new SipLeg.Listener() {
              @Override
              public void onEnded(SipEnd end) {
                ears.onEnded(end);
                throw onPurpose();
              }
            };
    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    TestGateway.Call call = gateway.nextCall();
    phone.play("P: CANCEL\nG: 200 CANCEL\nG: 487 INVITE\nP: ACK");
    call.ears().heard("ended CANCELLED 487");
    gateway.awaitNoLegs();
    call.ears().heard("ended CANCELLED 487");
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
  void saysHeaderFieldsOnceAndHearsThoseOfTheBye() {
    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    TestGateway.Call call = gateway.nextCall();
    call.leg().say(ImmutableMap.of("X-Note", "a\r\nEvil: 1", "CSeq", "9 BYE"));
    call.leg().ring();
    phone.play("G: 180 INVITE | X-Note: a Evil: 1 | Evil: - | CSeq: 1 INVITE");
    call.leg().progress(TestGateway.ANSWER);
    phone.play("G: 183 INVITE | X-Note: -");
    call.leg().say(ImmutableMap.of("X-Note", "b"));
    call.leg().answer(TestGateway.ANSWER);
    phone.play("G: 200 INVITE | X-Note: b\nP: ACK\nP: BYE | X-Note: gone\nG: 200 BYE");
    call.ears().heard("confirmed", "ended BYE 200");
    assertThat(call.ears().said()).containsExactly("gone");
  }

  @Test
  void saysHeaderFieldsWithARefusal() {
    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    TestGateway.Call call = gateway.nextCall();
    call.leg().say(ImmutableMap.of("X-Note", "lunch"));
    call.leg().end(SipStatus.BUSY_HERE);
    phone.play("G: 486 INVITE | X-Note: lunch\nP: ACK");
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

  @Test
  void repeatsThe200UntilItsAckComes() {
    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    TestGateway.Call call = gateway.nextCall();
    call.leg().answer(TestGateway.ANSWER);
    phone.play("G: 200 INVITE\nG: 200 INVITE again\nG: 200 INVITE again\nP: ACK");
    call.ears().heard("confirmed");
    phone.play("P: ACK again\nP: BYE\nG: 200 BYE");
    call.ears().heard("confirmed", "ended BYE 200");
  }

  @Test
  void hangsUpWhenNoAckComes() {
    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    TestGateway.Call call = gateway.nextCall();
    call.leg().answer(TestGateway.ANSWER);
    phone.play("G: 200 INVITE\nG: BYE | Reason: Q.850;cause=102\nP: 200 BYE");
    call.ears().heard("ended TIMEOUT 408");
  }

  @Test
  void toleratesAByeBeforeTheAck() {
    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    TestGateway.Call call = gateway.nextCall();
    call.leg().answer(TestGateway.ANSWER);
    phone.play("G: 200 INVITE\nP: BYE\nG: 200 BYE\nP: ACK\nG: nothing");
    call.ears().heard("ended BYE 200");
  }

  @Test
  void waitsForTheAckBeforeItsOwnBye() {
    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    TestGateway.Call call = gateway.nextCall();
    call.leg().answer(TestGateway.ANSWER);
    phone.play("G: 200 INVITE");
    call.leg().end(SipStatus.OK);
    phone.play("G: nothing\nP: ACK\nG: BYE | Reason: Q.850;cause=16\nP: 200 BYE");
    call.ears().heard();
  }

  @Test
  void repeatsTheLastResponseToARepeatedInvite() {
    phone.play("P: INVITE +sdp\nG: 100 INVITE\nP: INVITE again\nG: 100 INVITE again");
    TestGateway.Call call = gateway.nextCall();
    call.leg().ring();
    phone.play("G: 180 INVITE\nP: INVITE again\nG: 180 INVITE again");
    call.leg().end(SipStatus.BUSY_HERE);
    phone.play("G: 486 INVITE\nP: INVITE again\nG: 486 INVITE again\nP: ACK\nG: nothing");
    call.ears().heard();
  }

  @Test
  void repeatsARefusalUntilItsAckComes() {
    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    gateway.nextCall().leg().end(SipStatus.BUSY_HERE);
    phone.play("G: 486 INVITE\nG: 486 INVITE again\nP: ACK\nG: nothing");
  }

  @Test
  void endsACancelledCallWith487() {
    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    TestGateway.Call call = gateway.nextCall();
    call.leg().ring();
    phone.play(
        """
        G: 180 INVITE
        P: CANCEL | Reason: SIP;cause=200;text="Call completed elsewhere"
        G: 200 CANCEL
        G: 487 INVITE
        P: ACK
        """);
    call.ears().heard("ended CANCELLED 487");
    assertThat(call.ears().end().status().explanation()).isEqualTo("Call completed elsewhere");
    assertThat(phone.last().tagOf("To")).isNotEmpty();
  }

  @Test
  void answersACancelThatCrossedThe200ButKeepsTheCall() {
    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    TestGateway.Call call = gateway.nextCall();
    call.leg().answer(TestGateway.ANSWER);
    phone.play("G: 200 INVITE\nP: CANCEL\nG: 200 CANCEL\nP: ACK");
    call.ears().heard("confirmed");
    phone.play("P: BYE\nG: 200 BYE");
    call.ears().heard("confirmed", "ended BYE 200");
  }

  @Test
  void says481ToACancelOfNothing() {
    phone.play("P: CANCEL\nG: 481 CANCEL");
  }

  @Test
  void saysWhyItRefuses() {
    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    gateway.nextCall().leg().end(SipStatus.NOT_ACCEPTABLE_HERE.because("No \"codec\"\r\nfits"));
    phone.play(
        """
        G: 488 INVITE | Reason: Q.850;cause=88;text="No codec fits" | Warning: 399 example.org "No
        P: ACK
        """);
    assertThat(phone.last().startLine()).isEqualTo("SIP/2.0 488 Not Acceptable Here");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503})
  void tellsWhenToTryAgain(int code) {
    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    gateway.nextCall().leg().end(new SipStatus(code, "Service Unavailable", 42, ""));
    phone.play("G: " + code + " INVITE\nP: ACK");
    assertThat(phone.last().header("Retry-After")).matches("[2-9]");
  }

  @Test
  void endsAnUnansweredCallWith480WhereTheStatusIsNoRefusal() {
    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    gateway.nextCall().leg().end(SipStatus.OK);
    phone.play("G: 480 INVITE\nP: ACK");
  }

  @Test
  void endsAnEarlyDialogByTheCallersBye() {
    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    TestGateway.Call call = gateway.nextCall();
    call.leg().ring();
    phone.play("G: 180 INVITE\nP: BYE\nG: 200 BYE\nG: 487 INVITE\nP: ACK");
    call.ears().heard("ended BYE 487");
  }

  @Test
  void acceptsALateOffer() {
    phone.play("P: INVITE\nG: 100 INVITE");
    TestGateway.Call call = gateway.nextCall();
    assertThat(call.invite().sdp()).isNull();
    call.leg().answer(TestGateway.OFFER);
    phone.play("G: 200 INVITE +sdp\nP: ACK +sdp");
    call.ears().heard("offer answered sdp", "confirmed");
    call.leg().end(SipStatus.OK);
    phone.play("G: BYE\nP: 200 BYE");
  }

  @Test
  void hangsUpWhereALateOfferIsNotAnswered() {
    phone.play("P: INVITE\nG: 100 INVITE");
    TestGateway.Call call = gateway.nextCall();
    call.leg().answer(TestGateway.OFFER);
    phone.play("G: 200 INVITE +sdp\nP: ACK\nG: BYE | Reason: Q.850;cause=88\nP: 200 BYE");
    call.ears().heard("ended OFFER_UNANSWERED 488");
  }

  @Test
  void offersNothingInAResponseThatMayBeLost() {
    phone.play("P: INVITE\nG: 100 INVITE");
    TestGateway.Call call = gateway.nextCall();
    call.leg().progress(TestGateway.OFFER);
    phone.play("G: 183 INVITE");
    assertThat(phone.last().body()).isEmpty();
    call.leg().end(SipStatus.BUSY_HERE);
    phone.play("G: 486 INVITE\nP: ACK");
  }

  @Test
  void findsTheSdpInAMultipartBody() {
    phone.play(
        "P: INVITE | Content-Type: multipart/mixed;boundary=\"a+(b\" BODY "
            + "preamble\\r\\n--a+(b\\r\\nContent-Type: application/pidf+xml\\r\\n\\r\\n<x/>\\r\\n"
            + "--a+(b\\r\\nContent-Type: application/sdp\\r\\n\\r\\nv=0\\r\\n--a+(b--\\r\\n\n"
            + "G: 100 INVITE");
    TestGateway.Call call = gateway.nextCall();
    assertThat(call.invite().sdp()).isEqualTo("v=0\r\n");
    call.leg().end(SipStatus.BUSY_HERE);
    phone.play("G: 486 INVITE\nP: ACK");
  }

  @Test
  void answersAMergedRequestWith482() throws IOException {
    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    TestGateway.Call call = gateway.nextCall();
    phone.play("P: INVITE +sdp | CSeq: 1 INVITE\nG: 482 INVITE");
    call.leg().end(SipStatus.BUSY_HERE);
    phone.play("G: 486 INVITE");
  }

  @Test
  void refusesACallWhoseHandlerFails() throws IOException {
    SipHandler broken =
        new SipHandler() {
          @Override
          public Optional<String> passwordOf(String user) {
            return Optional.empty();
          }

          @Override
          public SipLeg.Listener onInvite(Invite invite, SipLeg leg) {
            throw new IllegalStateException("broken on purpose");
          }

          @Override
          public void onRegister(RegisterRequest request) {
            throw new IllegalStateException("broken on purpose");
          }
        };
    try (SipEndpoint other = TestGateway.start(broken, "127.0.0.1");
        SipPeer caller = SipPeer.over(other.listening().get(0))) {
      caller.play("P: INVITE +sdp\nG: 100 INVITE\nG: 500 INVITE\nP: ACK");
      await().until(() -> other.openLegs() == 0);
    }
  }

  @Test
  void challengesACallerAndKnowsItThen() {
    phone.play("P: INVITE +sdp | User-Agent: Phone/1\nG: 100 INVITE");
    TestGateway.Call first = gateway.nextCall();
    assertThat(first.invite().authentication()).isEqualTo(new Authentication.None());
    first.leg().challenge();
    phone.play("G: 401 INVITE | WWW-Authenticate: SHA-256\nP: ACK");
    DigestClient client = new DigestClient("1001", "secret");
    client.challenged(phone.last().all("WWW-Authenticate"));
    String answer = client.authorization("INVITE", "sip:alice@example.org").orElseThrow();
    phone.play("P: INVITE +sdp | Authorization: " + answer + "\nG: 100 INVITE");
    TestGateway.Call second = gateway.nextCall();
    assertThat(second.invite().authentication()).isEqualTo(new Authentication.Verified("1001"));
    assertThat(second.invite().headers().keySet()).doesNotContain("authorization");
    second.leg().end(SipStatus.BUSY_HERE);
    phone.play("G: 486 INVITE\nP: ACK");
  }

  @Test
  void takesACallOfAnOldPhoneWithoutAFromTag() {
    phone.play("P: INVITE +sdp | From: <sip:1001@example.org>\nG: 100 INVITE");
    TestGateway.Call call = gateway.nextCall();
    call.leg().answer(TestGateway.ANSWER);
    phone.play("G: 200 INVITE\nP: ACK | From: <sip:1001@example.org>");
    call.ears().heard("confirmed");
    phone.play("P: BYE | From: <sip:1001@example.org>\nG: 200 BYE");
  }
}
