package org.ringdown.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
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

/** Session timers (RFC 4028) in both roles; time passes when the test says so. */
@TestInstance(Lifecycle.PER_CLASS)
class SessionTimerTest {
  private static final String SHORT = " | Supported: timer | Session-Expires: 90";

  private static final Duration LESS_THAN_A_SESSION = Duration.ofSeconds(10);

  private final HandAlarms alarms = new HandAlarms();
  private TestGateway gateway;
  private SipPeer phone;
  private TestGateway.Ears ears = new TestGateway.Ears();

  @BeforeAll
  void startGateway() throws IOException {
    gateway = new TestGateway(alarms);
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
    TestGateway.soon()
        .until(
            () -> {
              alarms.ringAll();
              return gateway.endpoint().openLegs() == 0;
            });
    phone.close();
  }

  private SipLeg answered(String inviteHeaders, String expectedHeaders) {
    phone.play("P: INVITE +sdp" + inviteHeaders + "\nG: 100 INVITE");
    TestGateway.Call call = gateway.nextCall();
    ears = call.ears();
    call.leg().answer(TestGateway.ANSWER);
    phone.play("G: 200 INVITE" + expectedHeaders + "\nP: ACK");
    ears.heard("confirmed");
    return call.leg();
  }

  private SipLeg dialled(String answerHeaders) throws IOException {
    ears = new TestGateway.Ears();
    SipLeg leg = gateway.dial(phone, SipTransport.UDP, ears);
    phone.play("G: INVITE | Supported: timer | Session-Expires: 1800;refresher=uas | Min-SE: -");
    phone.play("P: 200 INVITE +sdp" + answerHeaders + "\nG: ACK");
    ears.heard("answered sdp");
    return leg;
  }

  private void passes(int seconds) {
    alarms.ring(Duration.ofSeconds(seconds));
  }

  private void hangUp(SipLeg leg) {
    leg.end(SipStatus.OK);
    phone.play("G: BYE\nP: 200 BYE");
  }

  @Test
  void letsAPhoneThatCanDoTheRefreshing() {
    hangUp(
        answered(" | Supported: timer", " | Session-Expires: 1800;refresher=uac | Require: timer"));
  }

  @Test
  void takesTheShorterTimeOfThePhone() {
    hangUp(answered(" | k: timer | x: 600", " | Session-Expires: 600;refresher=uac"));
  }

  @Test
  void shortensTheTimeOfThePhoneButNotBelowItsLeast() {
    hangUp(
        answered(
            " | Supported: timer | Session-Expires: 9000 | Min-SE: 3600",
            " | Session-Expires: 3600;refresher=uac"));
  }

  @Test
  void hasNoTimerWithAPhoneThatDoesNotKnowIt() {
    hangUp(answered("", " | Session-Expires: - | Require: -"));
  }

  @Test
  void refusesATimeThatIsTooShort() {
    phone.play(
        "P: INVITE +sdp | Supported: timer | Session-Expires: 60\n"
            + "G: 422 INVITE | Min-SE: 90\n"
            + "P: ACK");
    assertThat(phone.last().startLine()).isEqualTo("SIP/2.0 422 Session Interval Too Small");
  }

  @Test
  void hangsUpWhenThePhoneDoesNotRefresh() {
    answered(SHORT, " | Session-Expires: 90;refresher=uac");
    passes(60);
    phone.play(
        "G: BYE | Reason: Q.850;cause=102;text=\"the session was not refreshed\"\nP: 200 BYE");
    ears.heard("confirmed", "ended TIMEOUT 408");
  }

  @Test
  void goesOnAsLongAsThePhoneRefreshes() {
    String fiveMinutes = " | Supported: timer | Session-Expires: 300";
    SipLeg leg = answered(fiveMinutes, " | Session-Expires: 300;refresher=uac");
    phone.play("P: UPDATE" + fiveMinutes + ";refresher=uac");
    phone.play("G: 200 UPDATE | Session-Expires: 300;refresher=uac | Require: timer");
    alarms.awaitStanding(Duration.ofSeconds(268));
    phone.play("P: UPDATE | Supported: timer | Session-Expires: 120;refresher=uac");
    phone.play("G: 200 UPDATE | Session-Expires: 120;refresher=uac | Require: timer");
    alarms.awaitStanding(Duration.ofSeconds(88));
    hangUp(leg);
    alarms.awaitStanding();
    ears.heard("confirmed");
  }

  @Test
  void refreshesItselfWhereThePhoneWantsItSo() {
    SipLeg leg = answered(SHORT + ";refresher=uas", " | Session-Expires: 90;refresher=uas");
    passes(45);
    phone.play("G: INVITE +sdp | Session-Expires: 90;refresher=uac | Supported: timer");
    assertThat(phone.last().body()).isEqualTo(TestGateway.ANSWER);
    phone.play("P: 200 INVITE +sdp | Session-Expires: 90;refresher=uac\nG: ACK");
    passes(45);
    phone.play("G: INVITE +sdp");
    phone.play("P: 200 INVITE +sdp | Session-Expires: 1800;refresher=uac\nG: ACK");
    hangUp(leg);
  }

  @Test
  void refreshesItselfWhereAProxyWantsATimerAndThePhoneKnowsNone() {
    SipLeg leg =
        answered(" | Session-Expires: 90", " | Session-Expires: 90;refresher=uas | Require: -");
    passes(45);
    phone.play("G: INVITE +sdp\nP: 200 INVITE +sdp\nG: ACK");
    hangUp(leg);
  }

  @Test
  void refreshesByUpdateWhereThePhoneAllowsIt() {
    SipLeg leg =
        answered(
            SHORT + ";refresher=uas | Allow: INVITE, ACK, BYE, UPDATE",
            " | Session-Expires: 90;refresher=uas");
    passes(45);
    phone.play("G: UPDATE | Session-Expires: 90;refresher=uac | Supported: timer | Contact: <sip:");
    assertThat(phone.last().body()).isEmpty();
    phone.play("P: 200 UPDATE | Session-Expires: 90;refresher=uac");
    passes(45);
    phone.play("G: UPDATE\nP: 422 UPDATE | Min-SE: 900");
    phone.play("G: UPDATE | Session-Expires: 900;refresher=uac | Min-SE: 900");
    phone.play("P: 200 UPDATE | Session-Expires: 900;refresher=uac");
    hangUp(leg);
    ears.heard("confirmed");
  }

  @Test
  void refreshesByReInviteWhereAnUpdateIsRefused() throws IOException {
    SipLeg leg = dialled(" | Session-Expires: 90;refresher=uac | Allow: INVITE, UPDATE");
    passes(45);
    phone.play("G: UPDATE\nP: 405 UPDATE\nG: INVITE +sdp");
    phone.play("P: 200 INVITE +sdp | Session-Expires: 90;refresher=uac\nG: ACK");
    passes(45);
    phone.play("G: INVITE +sdp");
    phone.play("P: 200 INVITE +sdp | Session-Expires: 1800;refresher=uac\nG: ACK");
    hangUp(leg);
  }

  @Test
  void triesAnUpdateAgainThatMeetsARequestOfThePhone() throws IOException {
    SipLeg leg = dialled(" | Session-Expires: 90;refresher=uac | Allow: INVITE, UPDATE");
    passes(45);
    phone.play("G: UPDATE\nP: 491 UPDATE");
    alarms.ringWithin(LESS_THAN_A_SESSION);
    phone.play("G: UPDATE");
    phone.play("P: 200 UPDATE | Session-Expires: 1800;refresher=uac");
    hangUp(leg);
  }

  @Test
  void hangsUpWhenItsRefreshIsNotAnswered() {
    answered(SHORT + ";refresher=uas", " | Session-Expires: 90;refresher=uas");
    passes(45);
    phone.play("G: INVITE +sdp");
    passes(90);
    phone.play("G: BYE\nP: 200 BYE");
    ears.heard("confirmed", "ended TIMEOUT 408");
  }

  @Test
  void endsWhereItsRefreshIsRefusedUntilTheTimeIsOver() {
    answered(
        " | Supported: timer | Session-Expires: 400;refresher=uas",
        " | Session-Expires: 400;refresher=uas");
    passes(200);
    phone.play("G: INVITE +sdp\nP: 488 INVITE\nG: ACK");
    passes(400);
    phone.play("G: BYE\nP: 200 BYE");
    ears.heard("confirmed", "ended TIMEOUT 408");
  }

  @Test
  void refreshesAgainWithTheTimeThePhoneWants() {
    SipLeg leg = answered(SHORT + ";refresher=uas", " | Session-Expires: 90;refresher=uas");
    passes(45);
    phone.play("G: INVITE +sdp\nP: 422 INVITE | Min-SE: 900\nG: ACK");
    phone.play("G: INVITE +sdp | Session-Expires: 900;refresher=uac | Min-SE: 900");
    phone.play("P: 200 INVITE +sdp | Session-Expires: 900;refresher=uac\nG: ACK");
    hangUp(leg);
  }

  @Test
  void asksADialledPhoneToRefresh() throws IOException {
    dialled(" | Session-Expires: 90;refresher=uas | Require: timer");
    passes(60);
    phone.play("G: BYE\nP: 200 BYE");
    ears.heard("answered sdp", "ended TIMEOUT 408");
  }

  @Test
  void refreshesACallItMadeItself() throws IOException {
    SipLeg leg = dialled(" | Session-Expires: 90;refresher=uac");
    passes(45);
    phone.play("G: INVITE +sdp");
    assertThat(phone.last().body()).isEqualTo(TestGateway.OFFER);
    phone.play("P: 200 INVITE +sdp\nG: ACK");
    hangUp(leg);
  }

  @Test
  void dialsAgainWithTheTimeThePhoneWants() {
    ears = new TestGateway.Ears();
    SipLeg leg = gateway.dial(phone, SipTransport.UDP, ears);
    phone.play("G: INVITE | CSeq: 1 INVITE\nP: 422 INVITE | Min-SE: 3600\nG: ACK");
    phone.play("G: INVITE +sdp | CSeq: 2 INVITE | Session-Expires: 3600 | Min-SE: 3600");
    phone.play("P: 180 INVITE\nP: 200 INVITE +sdp\nG: ACK");
    ears.heard("progress 180", "answered sdp");
    hangUp(leg);
  }

  @Test
  void givesUpWhereThePhoneIsNeverContent() {
    ears = new TestGateway.Ears();
    gateway.dial(phone, SipTransport.UDP, ears);
    phone.play("G: INVITE\nP: 422 INVITE | Min-SE: 3600\nG: ACK\nG: INVITE");
    phone.play("P: 422 INVITE | Min-SE: 7200\nG: ACK");
    ears.heard("ended REFUSED 422");
  }
}
