package org.ringdown.sip;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.ringdown.sip.leg.DialogPolicy;
import org.ringdown.sip.leg.DialogPolicy.Prack;
import org.ringdown.sip.leg.DialogPolicy.Refresher;
import org.ringdown.sip.leg.DialogPolicy.Timer;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.transport.SipTransport;

/** Calls that use other extensions than the usual ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DialogPolicyTest {
  private static final DialogPolicy BARE = new DialogPolicy(Prack.OFF, null);
  private static final DialogPolicy STRICT =
      new DialogPolicy(Prack.REQUIRED, new Timer(600, Refresher.US));

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
  void callsWithoutAnyExtension() throws IOException {
    SipLeg leg = gateway.dial(phone, SipTransport.UDP, new TestGateway.Ears(), BARE);
    phone.play("G: INVITE | Supported: replaces | Require: - | Session-Expires: -");
    phone.play("P: 200 INVITE +sdp | Session-Expires: 90;refresher=uac\nG: ACK\nG: nothing");
    hangUp(leg);
  }

  @Test
  void insistsOnExtensions() throws IOException {
    SipLeg leg = gateway.dial(phone, SipTransport.UDP, new TestGateway.Ears(), STRICT);
    phone.play("G: INVITE | Require: 100rel | Session-Expires: 600;refresher=uac");
    phone.play("P: 200 INVITE +sdp\nG: ACK");
    hangUp(leg);
  }

  @Test
  void refusesWhoInsistsOnWhatIsOff() {
    phone.play("P: INVITE +sdp | Require: 100rel\nG: 100 INVITE");
    gateway.nextCall().leg().follow(BARE);
    phone.play("G: 420 INVITE | Unsupported: 100rel\nP: ACK");
  }

  @Test
  void refusesWhoCannotWhatIsRequired() {
    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    gateway.nextCall().leg().follow(STRICT);
    phone.play("G: 421 INVITE | Require: 100rel\nP: ACK");
  }

  @Test
  void answersWithoutExtensionsWhereTheyAreOff() {
    SipLeg leg = invited(" | Supported: 100rel, timer | Session-Expires: 90", BARE);
    leg.progress(TestGateway.ANSWER);
    phone.play("G: 183 INVITE +sdp | Require: - | Supported: replaces");
    leg.answer(TestGateway.ANSWER);
    phone.play("G: 200 INVITE +sdp | Session-Expires: - | Supported: replaces\nP: ACK");
    hangUp(leg);
  }

  @Test
  void ringsReliablyWhereThatIsRequiredAndRefreshesItself() {
    SipLeg leg = invited(" | Supported: 100rel, timer", STRICT);
    leg.ring();
    phone.play("G: 180 INVITE | Require: 100rel");
    phone.play("P: PRACK | RAck: " + phone.last().header("RSeq") + " 1 INVITE\nG: 200 PRACK");
    leg.answer(TestGateway.ANSWER);
    phone.play("G: 200 INVITE +sdp | Session-Expires: 600;refresher=uas\nP: ACK");
    hangUp(leg);
  }

  private SipLeg invited(String headers, DialogPolicy policy) {
    phone.play("P: INVITE +sdp" + headers + "\nG: 100 INVITE");
    SipLeg leg = gateway.nextCall().leg();
    leg.follow(policy);
    return leg;
  }

  private void hangUp(SipLeg leg) {
    leg.end(SipStatus.OK);
    phone.play("G: BYE\nP: 200 BYE");
  }
}
