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
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.transport.SipTransport;

/** PRACK (RFC 3262) and UPDATE before the answer (RFC 3311), in both roles. */
@TestInstance(Lifecycle.PER_CLASS)
class ReliableProvisionalTest {
  private TestGateway gateway;
  private SipPeer phone;
  private TestGateway.Ears ears = new TestGateway.Ears();

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

  private SipLeg invited(String invite) {
    phone.play("P: " + invite + "\nG: 100 INVITE");
    TestGateway.Call call = gateway.nextCall();
    ears = call.ears();
    return call.leg();
  }

  /** Acknowledges the provisional response heard last. */
  private String prack() {
    return "P: PRACK" + rack();
  }

  private String prackWithSdp() {
    return "P: PRACK +sdp" + rack();
  }

  private String rack() {
    return " | RAck: " + phone.last().header("RSeq") + " 1 INVITE";
  }

  private void confirmAndHangUp(SipLeg leg) {
    phone.play("P: ACK");
    leg.end(SipStatus.OK);
    phone.play("G: BYE\nP: 200 BYE");
  }

  @Test
  void repeatsA180UntilItsPrackComesWhereTheCallerRequiresIt() {
    SipLeg leg = invited("INVITE +sdp | Require: 100rel");
    leg.ring();
    phone.play("G: 180 INVITE | Require: 100rel\nG: 180 INVITE again\nG: 180 INVITE again");
    phone.play(prack() + "\nG: 200 PRACK\nG: nothing");
    leg.answer(TestGateway.ANSWER);
    phone.play("G: 200 INVITE +sdp");
    confirmAndHangUp(leg);
  }

  @Test
  void sendsOnlySdpReliablyWhereTheCallerIsAbleTo() {
    SipLeg leg = invited("INVITE +sdp | Supported: 100rel");
    leg.ring();
    phone.play("G: 180 INVITE | Require: - | RSeq: -");
    leg.progress(TestGateway.ANSWER);
    phone.play("G: 183 INVITE +sdp | Require: 100rel");
    phone.play(prack() + "\nG: 200 PRACK");
    leg.answer(TestGateway.ANSWER);
    phone.play("G: 200 INVITE");
    assertThat(phone.last().body()).as("the answer is not said twice").isEmpty();
    confirmAndHangUp(leg);
  }

  @Test
  void sendsTheNextResponseOnlyAfterThePrackOfTheLast() {
    SipLeg leg = invited("INVITE +sdp | Require: 100rel");
    leg.ring();
    leg.progress(TestGateway.ANSWER);
    phone.play("G: 180 INVITE\nG: nothing");
    long first = Long.parseLong(phone.last().header("RSeq"));
    phone.play(prack() + "\nG: 200 PRACK\nG: 183 INVITE +sdp | RSeq: " + (first + 1));
    phone.play(prack() + "\nG: 200 PRACK");
    leg.end(SipStatus.BUSY_HERE);
    phone.play("G: 486 INVITE\nP: ACK");
  }

  @Test
  void holdsTheAnswerBackUntilTheSdpIsAcknowledged() {
    SipLeg leg = invited("INVITE +sdp | Supported: 100rel");
    leg.progress(TestGateway.ANSWER);
    leg.answer(TestGateway.ANSWER);
    phone.play("G: 183 INVITE +sdp\nG: nothing");
    phone.play(prack() + "\nG: 200 PRACK\nG: 200 INVITE");
    confirmAndHangUp(leg);
  }

  @Test
  void holdsTheAnswerBackAlsoWhereTheSdpHasNotBeenSentYet() {
    SipLeg leg = invited("INVITE +sdp | Require: 100rel");
    leg.ring();
    leg.progress(TestGateway.ANSWER);
    leg.answer(TestGateway.ANSWER);
    phone.play("G: 180 INVITE\nG: nothing");
    phone.play(prack() + "\nG: 200 PRACK\nG: 183 INVITE +sdp");
    phone.play(prack() + "\nG: 200 PRACK\nG: 200 INVITE");
    confirmAndHangUp(leg);
  }

  @Test
  void says481ToAPrackOfNothing() {
    SipLeg leg = invited("INVITE +sdp | Require: 100rel");
    leg.ring();
    phone.play("G: 180 INVITE");
    String good = prack();
    phone.play("P: PRACK | RAck: 1 1 INVITE\nG: 481 PRACK\nP: PRACK\nG: 481 PRACK");
    phone.play(good + "\nG: 200 PRACK\n" + good + "\nG: 481 PRACK");
    leg.end(SipStatus.BUSY_HERE);
    phone.play("G: 486 INVITE\nP: ACK");
  }

  @Test
  void refusesTheCallWhereNoPrackComes() {
    SipLeg leg = invited("INVITE +sdp | Require: 100rel");
    leg.ring();
    phone.play("G: 180 INVITE\nG: 504 INVITE | Reason: Q.850;cause=102\nP: ACK");
    ears.heard("ended TIMEOUT 504");
  }

  @Test
  void offersEarlyToACallerWithoutAnOffer() {
    SipLeg leg = invited("INVITE | Supported: 100rel");
    leg.progress(TestGateway.OFFER);
    phone.play("G: 183 INVITE +sdp");
    phone.play(prackWithSdp() + "\nG: 200 PRACK");
    ears.heard("offer answered sdp");
    leg.answer(TestGateway.OFFER);
    phone.play("G: 200 INVITE");
    assertThat(phone.last().body()).isEmpty();
    phone.play("P: ACK");
    ears.heard("offer answered sdp", "confirmed");
    leg.end(SipStatus.OK);
    phone.play("G: BYE\nP: 200 BYE");
  }

  @Test
  void refusesTheCallWhereThePrackHasNoAnswer() {
    SipLeg leg = invited("INVITE | Supported: 100rel");
    leg.progress(TestGateway.OFFER);
    phone.play("G: 183 INVITE +sdp");
    phone.play(prack() + "\nG: 200 PRACK\nG: 488 INVITE\nP: ACK");
    ears.heard("ended OFFER_UNANSWERED 488");
  }

  @Test
  void answersAnOfferInAPrack() {
    SipLeg leg = invited("INVITE +sdp | Supported: 100rel");
    leg.progress(TestGateway.ANSWER);
    phone.play("G: 183 INVITE +sdp");
    phone.play(prackWithSdp());
    ears.heard("offer sdp");
    leg.answerOffer(TestGateway.ANSWER);
    phone.play("G: 200 PRACK +sdp | Session-Expires: -");
    leg.end(SipStatus.BUSY_HERE);
    phone.play("G: 486 INVITE\nP: ACK");
  }

  @Test
  void says500ToAnOfferInAnUpdateThatComesTooEarly() {
    SipLeg leg = invited("INVITE +sdp");
    leg.ring();
    phone.play("G: 180 INVITE\nP: UPDATE +sdp\nG: 500 UPDATE | Retry-After: ");
    phone.play("P: UPDATE\nG: 200 UPDATE | Contact: sip:");
    leg.answer(TestGateway.ANSWER);
    phone.play("G: 200 INVITE +sdp\nG: 200 INVITE again");
    phone.play("P: ACK");
    ears.heard("confirmed");
    leg.end(SipStatus.OK);
    phone.play("G: BYE\nP: 200 BYE");
  }

  @Test
  void takesAnOfferInAnUpdateOnceTheFirstIsAnswered() {
    SipLeg leg = invited("INVITE +sdp | Supported: 100rel");
    leg.progress(TestGateway.ANSWER);
    phone.play("G: 183 INVITE +sdp");
    phone.play(prack() + "\nG: 200 PRACK\nP: UPDATE +sdp");
    ears.heard("offer sdp");
    leg.answerOffer(TestGateway.ANSWER);
    phone.play("G: 200 UPDATE +sdp");
    leg.answer(TestGateway.ANSWER);
    phone.play("G: 200 INVITE");
    confirmAndHangUp(leg);
  }

  private SipLeg dial() {
    ears = new TestGateway.Ears();
    SipLeg leg = gateway.dial(phone, SipTransport.UDP, ears);
    phone.play("G: INVITE | Supported: 100rel | Allow: PRACK");
    return leg;
  }

  private static String reliable(int rseq) {
    return " | Require: 100rel | RSeq: " + rseq;
  }

  @Test
  void acknowledgesReliableResponsesInOrder() {
    SipLeg leg = dial();
    phone.play("P: 180 INVITE" + reliable(7) + "\nG: PRACK | RAck: 7 1 INVITE\nP: 200 PRACK");
    phone.play("P: 183 INVITE +sdp" + reliable(8) + "\nG: PRACK | RAck: 8 1 INVITE\nP: 200 PRACK");
    ears.heard("progress 180", "progress 183 sdp");
    phone.play("P: 200 INVITE\nG: ACK");
    ears.heard("progress 180", "progress 183 sdp", "answered sdp");
    leg.end(SipStatus.OK);
    phone.play("G: BYE\nP: 200 BYE");
  }

  @Test
  void passesOverARepetitionAndAResponseOutOfOrder() {
    SipLeg leg = dial();
    phone.play("P: 180 INVITE" + reliable(7) + "\nG: PRACK\nP: 200 PRACK");
    phone.play(
        "P: 180 INVITE again\nG: nothing\nP: 183 INVITE +sdp" + reliable(9) + "\nG: nothing");
    ears.heard("progress 180");
    leg.end(SipStatus.OK);
    phone.play("G: CANCEL\nP: 200 CANCEL\nP: 487 INVITE\nG: ACK");
  }

  @Test
  void acknowledgesEachForkByItself() {
    dial();
    phone.play("P: 180 INVITE tag=A" + reliable(7) + "\nG: PRACK\nP: 200 PRACK");
    assertThat(phone.last().tagOf("To")).isEqualTo("A");
    phone.play(
        "P: 180 INVITE tag=B" + reliable(99) + "\nG: PRACK | RAck: 99 1 INVITE\nP: 200 PRACK");
    assertThat(phone.last().tagOf("To")).isEqualTo("B");
    phone.play("P: 486 INVITE\nG: ACK");
    ears.heard("progress 180", "progress 180", "ended REFUSED 486");
  }

  @Test
  void keepsTheCallWhereAPrackIsNotLiked() {
    SipLeg leg = dial();
    phone.play("P: 180 INVITE" + reliable(7) + "\nG: PRACK\nP: 481 PRACK");
    phone.play("P: 200 INVITE +sdp\nG: ACK");
    ears.heard("progress 180", "answered sdp");
    leg.end(SipStatus.OK);
    phone.play("G: BYE\nP: 200 BYE");
  }

  @Test
  void answersUpdatesOfAPhoneThatRings() {
    SipLeg leg = dial();
    phone.play("P: 180 INVITE\nP: UPDATE\nG: 200 UPDATE\nP: UPDATE +sdp\nG: 491 UPDATE");
    phone.play("P: 183 INVITE +sdp" + reliable(1) + "\nG: PRACK\nP: 200 PRACK\nP: UPDATE +sdp");
    ears.heard("progress 180", "progress 183 sdp", "offer sdp");
    leg.answerOffer(TestGateway.ANSWER);
    phone.play("G: 200 UPDATE +sdp\nP: 200 INVITE\nG: ACK");
    leg.end(SipStatus.OK);
    phone.play("G: BYE\nP: 200 BYE");
  }
}
