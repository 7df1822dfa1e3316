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
import org.ringdown.sip.message.SipStatus;

/** What happens once a call stands: re-INVITE, INFO, OPTIONS, BYE. */
@TestInstance(Lifecycle.PER_CLASS)
class InDialogTest {
  private TestGateway gateway;
  private SipPeer phone;
  private TestGateway.Call call;

  @BeforeAll
  void startGateway() throws IOException {
    gateway = new TestGateway("127.0.0.1");
  }

  @AfterAll
  void stopGateway() {
    gateway.close();
  }

  @BeforeEach
  void call() throws IOException {
    phone = SipPeer.over(gateway.udp());
    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    call = gateway.nextCall();
    call.leg().answer(TestGateway.ANSWER);
    phone.play("G: 200 INVITE\nP: ACK");
    call.ears().heard("confirmed");
  }

  @AfterEach
  void everyLegIsOver() throws IOException {
    gateway.awaitNoLegs();
    phone.close();
  }

  private void hangUp() {
    call.leg().end(SipStatus.OK);
    phone.play("G: BYE | Reason: Q.850;cause=16\nP: 200 BYE");
  }

  @Test
  void answersAReInvite() {
    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    call.ears().heard("confirmed", "offer sdp");
    call.leg().answerOffer(TestGateway.ANSWER);
    phone.play("G: 200 INVITE +sdp | Contact: sip:\nG: 200 INVITE again\nP: ACK");
    hangUp();
    call.ears().heard("confirmed", "offer sdp");
  }

  @Test
  void refusesAReInviteAndKeepsTheCall() {
    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    call.ears().heard("confirmed", "offer sdp");
    call.leg().refuseOffer(SipStatus.NOT_ACCEPTABLE_HERE);
    phone.play("G: 488 INVITE\nP: ACK");
    hangUp();
  }

  @Test
  void makesAnOfferWhereTheReInviteHasNone() {
    phone.play("P: INVITE\nG: 100 INVITE");
    call.ears().heard("confirmed", "offer");
    call.leg().answerOffer(TestGateway.OFFER);
    phone.play("G: 200 INVITE +sdp\nP: ACK +sdp");
    call.ears().heard("confirmed", "offer", "offer answered sdp");
    hangUp();
  }

  @Test
  void hangsUpWhereTheOfferAReInviteAskedForIsNotAnswered() {
    phone.play("P: INVITE\nG: 100 INVITE");
    call.ears().heard("confirmed", "offer");
    call.leg().answerOffer(TestGateway.OFFER);
    phone.play("G: 200 INVITE +sdp\nP: ACK\nG: BYE | Reason: Q.850;cause=88\nP: 200 BYE");
    call.ears().heard("confirmed", "offer", "ended OFFER_UNANSWERED 488");
  }

  @Test
  void sendsAReInvite() {
    call.leg().offer(TestGateway.OFFER);
    phone.play("G: INVITE +sdp\nP: 100 INVITE\nP: 200 INVITE +sdp\nG: ACK");
    call.ears().heard("confirmed", "offer answered sdp");
    phone.play("P: 200 INVITE again\nG: ACK again");
    hangUp();
    call.ears().heard("confirmed", "offer answered sdp");
  }

  @Test
  void hearsThatItsReInviteIsRefused() {
    call.leg().offer(TestGateway.OFFER);
    phone.play("G: INVITE +sdp\nP: 488 INVITE\nG: ACK");
    call.ears().heard("confirmed", "offer answered");
    hangUp();
  }

  @Test
  void triesAgainOnceWhereReInvitesMet() {
    call.leg().offer(TestGateway.OFFER);
    phone.play("G: INVITE +sdp\nP: 491 INVITE\nG: ACK\nG: INVITE +sdp\nP: 491 INVITE\nG: ACK");
    call.ears().heard("confirmed", "offer answered");
    hangUp();
  }

  @Test
  void says491WhileItsOwnReInviteIsPending() {
    call.leg().offer(TestGateway.OFFER);
    phone.play("G: INVITE +sdp\nP: INVITE +sdp\nG: 491 INVITE\nP: ACK");
    phone.play("P: 200 INVITE +sdp\nG: ACK");
    call.ears().heard("confirmed", "offer answered sdp");
    hangUp();
  }

  @Test
  void offersNothingWhileTheirReInviteIsPending() {
    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    call.ears().heard("confirmed", "offer sdp");
    call.leg().offer(TestGateway.OFFER);
    call.ears().heard("confirmed", "offer sdp", "offer answered");
    call.leg().refuseOffer(new SipStatus(491, "Request Pending", 0, ""));
    phone.play("G: 491 INVITE\nP: ACK");
    hangUp();
  }

  @Test
  void endsWhereTheReInviteFindsNoDialogThere() {
    call.leg().offer(TestGateway.OFFER);
    phone.play("G: INVITE\nP: 481 INVITE\nG: ACK");
    call.ears().heard("confirmed", "ended REFUSED 481");
  }

  @Test
  void endsWithAByeWhereTheReInviteIsNotAnswered() {
    call.leg().offer(TestGateway.OFFER);
    phone.play("G: INVITE\nG: INVITE again\nG: BYE\nP: 200 BYE");
    call.ears().heard("confirmed", "ended TIMEOUT 408");
  }

  @Test
  void isOverWhereNobodyAnswersItsBye() {
    call.leg().end(SipStatus.OK);
    phone.play("G: BYE\nG: BYE again");
    gateway.awaitNoLegs();
    call.ears().heard("confirmed");
  }

  @Test
  void answersAPendingReInviteOfAnEndedCall() {
    phone.play("P: INVITE +sdp\nG: 100 INVITE\nP: BYE\nG: 200 BYE\nG: 487 INVITE\nP: ACK");
    call.ears().heard("confirmed", "offer sdp", "ended BYE 200");
  }

  @Test
  void letsAReInviteBeCancelled() {
    phone.play("P: INVITE +sdp\nG: 100 INVITE\nP: CANCEL\nG: 200 CANCEL\nG: 487 INVITE\nP: ACK");
    hangUp();
  }

  @Test
  void takesOffersAgainOnceAReInviteWithoutOneIsCancelled() {
    phone.play("P: INVITE\nG: 100 INVITE\nP: CANCEL\nG: 200 CANCEL\nG: 487 INVITE\nP: ACK");
    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    call.ears().heard("confirmed", "offer", "offer sdp");
    call.leg().answerOffer(TestGateway.ANSWER);
    phone.play("G: 200 INVITE +sdp\nP: ACK");
    hangUp();
  }

  @Test
  void hearsDigits() {
    phone.play(
        """
        P: INFO | Content-Type: application/dtmf-relay BODY Signal=5\\r\\nDuration=160\\r\\n
        G: 200 INFO
        P: INFO | Content-Type: application/dtmf BODY #
        G: 200 INFO
        P: INFO
        G: 200 INFO
        P: INFO | Content-Type: application/x-else BODY <x/>
        G: 415 INFO | Accept: application/dtmf-relay
        """);
    call.ears().heard("confirmed", "digit 5 160", "digit # 100");
    hangUp();
  }

  @Test
  void hearsThatAWholePictureIsAskedFor() {
    phone.play(
        """
        P: INFO | Content-Type: application/media_control+xml BODY <media_control><picture_fast_update/></media_control>
        G: 200 INFO
        P: INFO | Content-Type: application/media_control+xml BODY <media_control><general_error>no</general_error></media_control>
        G: 200 INFO
        """);
    call.ears().heard("confirmed", "picture asked");
    hangUp();
  }

  @Test
  void asksForAWholePictureOnceAtATimeAndNotWhereItIsRefused() {
    call.leg().askPicture();
    call.leg().askPicture();
    phone.play(
        """
        G: INFO | Content-Type: application/media_control+xml BODY picture_fast_update
        P: 415 INFO
        """);
    call.leg().digits("1", 0, 0);
    phone.play("G: INFO | Content-Type: application/dtmf-relay\nP: 200 INFO");
    call.leg().askPicture();
    hangUp();
  }

  @Test
  void answersOptionsWithinTheDialog() {
    phone.play("P: OPTIONS\nG: 200 OPTIONS | Allow: INVITE | Accept: application/sdp");
    hangUp();
  }

  @Test
  void answersAnUpdateWithAnOffer() {
    phone.play("P: UPDATE +sdp");
    call.ears().heard("confirmed", "offer sdp");
    call.leg().answerOffer(TestGateway.ANSWER);
    phone.play("G: 200 UPDATE +sdp | Contact: sip:");
    hangUp();
  }

  @Test
  void refusesTheOfferOfAnUpdate() {
    phone.play("P: UPDATE +sdp");
    call.ears().heard("confirmed", "offer sdp");
    call.leg().refuseOffer(SipStatus.NOT_ACCEPTABLE_HERE);
    phone.play("G: 488 UPDATE");
    hangUp();
  }

  @Test
  void answersAnUpdateWithoutAnOfferByItselfAndGoesWhereItSays() throws IOException {
    phone.play("P: UPDATE | Contact: <sip:moved@127.0.0.1:9>\nG: 200 UPDATE | Contact: sip:");
    call.leg().end(SipStatus.OK);
    phone.play("G: BYE\nP: 200 BYE");
    assertThat(phone.last().startLine()).isEqualTo("BYE sip:moved@127.0.0.1:9 SIP/2.0");
    call.ears().heard("confirmed");
  }

  @Test
  void says491ToAnUpdateWhileItsOwnOfferIsPending() {
    call.leg().offer(TestGateway.OFFER);
    phone.play("G: INVITE +sdp\nP: UPDATE +sdp\nG: 491 UPDATE\nP: 200 INVITE +sdp\nG: ACK");
    call.ears().heard("confirmed", "offer answered sdp");
    hangUp();
  }

  @Test
  void says500ToAnUpdateWhileTheirReInviteIsPending() {
    phone.play("P: INVITE +sdp\nG: 100 INVITE\nP: UPDATE +sdp\nG: 500 UPDATE");
    assertThat(Integer.parseInt(phone.last().header("Retry-After"))).isBetween(0, 10);
    call.leg().answerOffer(TestGateway.ANSWER);
    phone.play("G: 200 INVITE");
    hangUp();
  }

  @Test
  void sendsDigitsOneAfterTheOther() {
    call.leg().digits("5x#", 60, 40);
    phone.play("G: INFO | Content-Type: application/dtmf-relay");
    assertThat(phone.last().body()).isEqualTo("Signal=5\r\nDuration=60\r\n");
    phone.play("G: nothing\nP: 415 INFO\nG: INFO");
    assertThat(phone.last().body()).isEqualTo("Signal=#\r\nDuration=60\r\n");
    phone.play("P: 200 INFO\nG: nothing");
    hangUp();
  }

  @Test
  void digitsStopWithTheCall() {
    call.leg().digits("12", 0, 0);
    phone.play("G: INFO");
    hangUp();
    phone.play("P: 200 INFO\nG: nothing");
  }

  @Test
  void refusesMethodsItDoesNotKnow() {
    phone.play("P: FROBNICATE\nG: 405 FROBNICATE | Allow: UPDATE");
    hangUp();
  }

  @Test
  void says500ToARequestOutOfOrder() {
    phone.play("P: INFO | CSeq: 20 INFO\nG: 200 INFO\nP: INFO | CSeq: 7 INFO\nG: 500 INFO");
    hangUp();
  }

  @Test
  void says481ToADialogItDoesNotKnow() {
    phone.play("P: BYE | Call-ID: unknown\nG: 481 BYE\nP: INFO | Call-ID: unknown\nG: 481 INFO");
    phone.play("P: INVITE +sdp | Call-ID: unknown\nG: 481 INVITE\nP: ACK | Call-ID: unknown");
    hangUp();
  }

  @Test
  void reachesAPhoneWhoseContactNobodyCanReach() throws IOException {
    try (SipPeer hidden = SipPeer.over(gateway.udp())) {
      String contact = " | Contact: <sip:1001@10.255.255.1:5060>";
      hidden.play("P: INVITE +sdp" + contact + "\nG: 100 INVITE");
      TestGateway.Call behindNat = gateway.nextCall();
      behindNat.leg().answer(TestGateway.ANSWER);
      hidden.play("G: 200 INVITE\nP: ACK");
      behindNat.ears().heard("confirmed");
      behindNat.leg().end(SipStatus.OK);
      hidden.play("G: BYE\nP: 200 BYE");
      assertThat(hidden.last().startLine()).isEqualTo("BYE sip:1001@10.255.255.1:5060 SIP/2.0");
    }
    hangUp();
  }

  @Test
  void followsTheRouteSet() throws IOException {
    try (SipPeer proxy = SipPeer.over(gateway.udp());
        SipPeer caller = SipPeer.over(gateway.udp())) {
      caller.play("P: INVITE +sdp | Record-Route: <sip:" + proxy.address() + ";lr>\nG: 100 INVITE");
      TestGateway.Call routed = gateway.nextCall();
      routed.leg().answer(TestGateway.ANSWER);
      caller.play("G: 200 INVITE | Record-Route: " + proxy.address() + "\nP: ACK");
      routed.ears().heard("confirmed");
      routed.leg().end(SipStatus.OK);
      proxy.play("G: BYE | Route: " + proxy.address() + "\nP: 200 BYE");
    }
    hangUp();
  }
}
