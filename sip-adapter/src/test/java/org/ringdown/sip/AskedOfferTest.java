package org.ringdown.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.ringdown.sip.leg.Dial;
import org.ringdown.sip.leg.DialogPolicy;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.NameAddress;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.transport.SipTransport;

/** Calls of ours that ask the callee for an offer, message by message. */
@TestInstance(Lifecycle.PER_CLASS)
class AskedOfferTest {
  private static final String RELIABLE = " | Require: 100rel | RSeq: 7";

  private TestGateway gateway;
  private SipPeer phone;
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
  void connectPhone() throws IOException {
    phone = SipPeer.over(gateway.udp());
    ears = new TestGateway.Ears();
  }

  @AfterEach
  void everyLegIsOver() throws IOException {
    gateway.awaitNoLegs();
    phone.close();
  }

  private SipLeg dial() {
    return dial(DialogPolicy.USUAL);
  }

  private SipLeg dial(DialogPolicy policy) {
    Dial dial =
        new Dial(
            "sip:1001@" + phone.address(),
            phone.wire().local(),
            SipTransport.UDP,
            new NameAddress("", "sip:alice@example.org"),
            new NameAddress("", "sip:1001@example.org"),
            null,
            ImmutableMap.of());
    SipLeg leg = gateway.endpoint().dial(dial.with(policy), ears);
    phone.play("G: INVITE | Content-Type: - | Accept: application/sdp");
    assertThat(phone.last().body()).isEmpty();
    return leg;
  }

  private void hangUp(SipLeg leg) {
    leg.end(SipStatus.OK);
    phone.play("G: BYE\nP: 200 BYE");
  }

  @Test
  void answersTheOfferOfThe200InItsAck() {
    SipLeg leg = dial();
    phone.play("P: 180 INVITE\nP: 200 INVITE +sdp\nG: nothing\nP: 200 INVITE again\nG: nothing");
    ears.heard("progress 180", "answered sdp");
    leg.answerOffer(TestGateway.ANSWER);
    phone.play("G: ACK +sdp\nP: 200 INVITE again\nG: ACK again");
    hangUp(leg);
    ears.heard("progress 180", "answered sdp");
  }

  @Test
  void answersTheOfferOfAReliable183InItsPrack() {
    SipLeg leg = dial();
    phone.play("P: 183 INVITE +sdp" + RELIABLE + "\nG: nothing\nP: 183 INVITE again\nG: nothing");
    ears.heard("progress 183 sdp");
    leg.answerOffer(TestGateway.ANSWER);
    phone.play("G: PRACK +sdp | RAck: 7 1 INVITE\nP: 200 PRACK\nP: 200 INVITE\nG: ACK");
    assertThat(phone.last().body()).as("the second answer to one offer").isEmpty();
    ears.heard("progress 183 sdp", "answered sdp");
    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    ears.heard("progress 183 sdp", "answered sdp", "offer sdp");
    leg.answerOffer(TestGateway.ANSWER);
    phone.play("G: 200 INVITE +sdp\nP: ACK");
    hangUp(leg);
  }

  @Test
  void passesOverAnOfferRepeatedInThe200() {
    SipLeg leg = dial();
    phone.play("P: 183 INVITE +sdp" + RELIABLE);
    ears.heard("progress 183 sdp");
    leg.answerOffer(TestGateway.ANSWER);
    phone.play("G: PRACK +sdp\nP: 200 PRACK\nP: 200 INVITE +sdp\nG: ACK");
    assertThat(phone.last().body()).isEmpty();
    hangUp(leg);
  }

  @Test
  void passesOverAPreviewThatCannotBeAnswered() {
    SipLeg leg = dial();
    phone.play("P: 183 INVITE +sdp\nP: 200 INVITE +sdp");
    ears.heard("progress 183", "answered sdp");
    leg.answerOffer(TestGateway.ANSWER);
    phone.play("G: ACK +sdp");
    hangUp(leg);
  }

  @Test
  void takesNoOfferBeforeThe200WithoutReliableResponses() {
    SipLeg leg = dial(new DialogPolicy(DialogPolicy.Prack.OFF, null));
    phone.play("P: 183 INVITE +sdp" + RELIABLE + "\nG: PRACK\nP: 200 PRACK");
    phone.play("P: 200 INVITE +sdp");
    ears.heard("progress 183", "answered sdp");
    leg.answerOffer(TestGateway.ANSWER);
    phone.play("G: ACK +sdp");
    hangUp(leg);
  }

  @Test
  void answersEachForkByItself() {
    SipLeg leg = dial();
    phone.play("P: 183 INVITE +sdp tag=A" + RELIABLE + "\nP: 183 INVITE +sdp tag=B" + RELIABLE);
    ears.heard("progress 183 sdp", "progress 183 sdp");
    leg.answerOffer(TestGateway.ANSWER);
    phone.play("G: PRACK +sdp\nP: 200 PRACK");
    assertThat(phone.last().tagOf("To")).isEqualTo("A");
    leg.answerOffer(TestGateway.ANSWER);
    phone.play("G: PRACK +sdp\nP: 200 PRACK");
    assertThat(phone.last().tagOf("To")).isEqualTo("B");
    phone.play("P: 200 INVITE tag=B\nG: ACK");
    ears.heard("progress 183 sdp", "progress 183 sdp", "answered sdp");
    hangUp(leg);
  }

  @Test
  void refusesAnOfferByAnAnswerAndABye() {
    SipLeg leg = dial();
    phone.play("P: 200 INVITE +sdp");
    ears.heard("answered sdp");
    leg.answerOffer(TestGateway.ANSWER);
    leg.end(SipStatus.NOT_ACCEPTABLE_HERE);
    phone.play("G: ACK +sdp\nG: BYE | Reason: Q.850;cause=88\nP: 200 BYE");
  }

  @Test
  void acknowledgesAnOfferThatNobodyAnswers() {
    SipLeg leg = dial();
    phone.play("P: 200 INVITE +sdp");
    ears.heard("answered sdp");
    leg.end(SipStatus.OK);
    phone.play("G: ACK\nG: BYE\nP: 200 BYE");
  }

  @Test
  void endsAnAnswerThatCrossesTheCancel() {
    SipLeg leg = dial();
    phone.play("P: 180 INVITE");
    ears.heard("progress 180");
    leg.end(SipStatus.OK);
    phone.play("G: CANCEL\nP: 200 INVITE +sdp\nG: ACK\nG: BYE\nP: 200 BYE");
  }

  @Test
  void hangsUpWhereTheCalleeMakesNoOffer() {
    dial();
    phone.play("P: 200 INVITE\nG: ACK\nG: BYE | Reason: Q.850;cause=88\nP: 200 BYE");
    ears.heard("ended OFFER_UNANSWERED 488");
  }

  @Test
  void takesNoOtherOfferBeforeTheFirstIsAnswered() {
    SipLeg leg = dial();
    phone.play("P: 183 INVITE +sdp" + RELIABLE);
    ears.heard("progress 183 sdp");
    phone.play("P: UPDATE +sdp\nG: 500 UPDATE | Retry-After:");
    leg.answerOffer(TestGateway.ANSWER);
    phone.play("G: PRACK +sdp\nP: 200 PRACK\nP: 486 INVITE\nG: ACK");
    ears.heard("progress 183 sdp", "ended REFUSED 486");
  }
}
