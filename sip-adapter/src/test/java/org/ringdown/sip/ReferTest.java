package org.ringdown.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringdown.sip.leg.Referral;
import org.ringdown.sip.leg.Replacing;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.transport.SipTransport;

/** REFER within a call: what is asked, and what the phone hears of it (RFC 3515). */
final class ReferTest {
  private TestGateway gateway;
  private SipPeer phone;
  private TestGateway.Call call;

  @BeforeEach
  void begin() throws IOException {
    gateway = new TestGateway("127.0.0.1");
    phone = SipPeer.over(gateway.udp());
    phone.play("P: INVITE +sdp\nG: 100 INVITE");
    call = gateway.nextCall();
    call.leg().answer(TestGateway.ANSWER);
    phone.play("G: 200 INVITE\nP: ACK");
    call.ears().heard("confirmed");
  }

  @AfterEach
  void end() throws IOException {
    gateway.awaitNoLegs();
    phone.close();
    gateway.close();
  }

  @Test
  void tellsHowTheTransferGoesAndEndsTheSubscription() {
    phone.play("P: REFER | Refer-To: <sip:bob@example.org;method=INVITE?Subject=x>");
    Referral referral = call.ears().referral();
    assertThat(referral.target()).isEqualTo("sip:bob@example.org");
    assertThat(referral.isAttended()).isFalse();
    referral.accept();
    phone.play("G: 202 REFER | Contact: sip:");
    assertThat(phone.last().find("Refer-Sub")).isEqualTo(Optional.empty());
    phone.play("G: NOTIFY | Event: refer | Subscription-State: active | Contact: sip:");
    assertThat(phone.last().toString())
        .contains("Content-Type: message/sipfrag;version=2.0", "SIP/2.0 100 Trying");
    phone.play("P: 200 NOTIFY");
    referral.tell(new SipStatus(180, "Ringing", 0, ""));
    phone.play("G: NOTIFY | Subscription-State: active\nP: 200 NOTIFY");
    assertThat(phone.last().toString()).contains("SIP/2.0 180 Ringing");
    referral.tell(SipStatus.OK);
    phone.play("G: NOTIFY | Subscription-State: terminated;reason=noresource\nP: 200 NOTIFY");
    assertThat(phone.last().toString()).contains("SIP/2.0 200 OK");
    hangUp();
  }

  @Test
  void sendsNoNotifyWhereNoneIsWanted() {
    phone.play("P: REFER | Refer-To: <sip:bob@example.org> | Refer-Sub: false");
    call.ears().referral().accept();
    phone.play("G: 202 REFER | Refer-Sub: false");
    call.ears().referral().tell(SipStatus.OK);
    call.leg().end(SipStatus.OK);
    phone.play("G: BYE\nP: 200 BYE");
  }

  @Test
  void refusesAReferAndKeepsTheCall() {
    phone.play("P: REFER | Refer-To: <sip:bob@example.org>");
    call.ears().referral().refuse(new SipStatus(403, "Forbidden", 21, "Not allowed."));
    phone.play("G: 403 REFER | Warning: Not allowed.");
    hangUp();
  }

  @Test
  void aNotifyThatIsNotWantedAnyMoreDoesNotEndTheCall() {
    phone.play("P: REFER | Refer-To: <sip:bob@example.org>");
    call.ears().referral().accept();
    phone.play("G: 202 REFER\nG: NOTIFY\nP: 481 NOTIFY");
    hangUp();
    call.ears().heard("confirmed", "refer sip:bob@example.org", "ended BYE 200");
  }

  @Test
  void tellsTheNewsOfTheSecondReferByItsNumber() {
    phone.play("P: REFER | Refer-To: <sip:bob@example.org>");
    call.ears().referral().refuse(new SipStatus(404, "Not Found", 1, ""));
    phone.play("G: 404 REFER\nP: REFER | Refer-To: <sip:carol@example.org>");
    call.ears().heard("confirmed", "refer sip:bob@example.org", "refer sip:carol@example.org");
    call.ears().referral().accept();
    phone.play("G: 202 REFER\nG: NOTIFY | Event: refer;id=\nP: 200 NOTIFY");
    hangUp();
  }

  @Test
  void findsTheOtherCallThatIsToBeJoined() throws IOException {
    try (SipPeer other = SipPeer.over(gateway.udp())) {
      other.play("P: INVITE +sdp\nG: 100 INVITE");
      TestGateway.Call consultation = gateway.nextCall();
      consultation.leg().answer(TestGateway.ANSWER);
      other.play("G: 200 INVITE");
      String ours = other.last().tagOf("To");
      String theirs = other.last().tagOf("From");
      other.play("P: ACK");
      String replaces = other.callId() + "%3Bto-tag%3D" + ours + "%3Bfrom-tag%3D" + theirs;
      phone.play("P: REFER | Refer-To: <sip:bob@example.org?Replaces=" + replaces + ">");
      Referral referral = call.ears().referral();
      assertThat(referral.isAttended()).isTrue();
      assertThat(referral.consultation()).containsSame(consultation.ears());
      referral.refuse(new SipStatus(603, "Decline", 0, ""));
      phone.play(
          "G: 603 REFER\nP: REFER | Refer-To: <sip:bob@x?Replaces=a%3Bto-tag%3Db%3Bfrom-tag%3Dc>");
      call.ears().heard("confirmed", "refer sip:bob@example.org", "refer sip:bob@x");
      assertThat(call.ears().referral().consultation()).isEmpty();
      call.ears().referral().refuse(new SipStatus(603, "Decline", 0, ""));
      phone.play("G: 603 REFER");
      consultation.leg().end(SipStatus.OK);
      other.play("G: BYE\nP: 200 BYE");
    }
    hangUp();
  }

  @Test
  void findsTheDialogThatAnInviteIsToReplace() throws IOException {
    String theirs = phone.last().tagOf("From");
    String name = phone.callId() + ";to-tag=" + phone.last().tagOf("To") + ";from-tag=" + theirs;
    try (SipPeer other = SipPeer.over(gateway.udp())) {
      Replacing replacing = replacing(other, name + ";early-only | Require: replaces");
      assertThat(replacing).isEqualTo(new Replacing.Dialog(call.ears(), true));
    }
    try (SipPeer other = SipPeer.over(gateway.udp())) {
      assertThat(replacing(other, "x;to-tag=a;from-tag=b")).isEqualTo(new Replacing.Unknown());
    }
    try (SipPeer other = SipPeer.over(gateway.udp())) {
      assertThat(replacing(other, "nothing")).isEqualTo(new Replacing.Malformed());
    }
    hangUp();
  }

  @Test
  void findsTheEarlyDialogThatAnInviteIsToPickUp() throws IOException {
    TestGateway.Ears ringing = new TestGateway.Ears();
    try (SipPeer called = SipPeer.over(gateway.udp());
        SipPeer other = SipPeer.over(gateway.udp())) {
      SipLeg leg = gateway.dial(called, SipTransport.UDP, ringing);
      called.play("G: INVITE");
      String ours = called.last().tagOf("From");
      called.play("P: 180 INVITE tag=ringer");
      ringing.heard("progress 180");
      String name = leg.callId() + ";to-tag=" + ours + ";from-tag=ringer";
      assertThat(replacing(other, name)).isEqualTo(new Replacing.Dialog(ringing, false));
      leg.end(SipStatus.OK);
      called.play("G: CANCEL\nP: 200 CANCEL tag=ringer\nP: 487 INVITE tag=ringer\nG: ACK");
    }
    hangUp();
  }

  private Replacing replacing(SipPeer other, String value) {
    other.play("P: INVITE +sdp | Replaces: " + value + "\nG: 100 INVITE");
    TestGateway.Call second = gateway.nextCall();
    second.leg().end(SipStatus.BUSY_HERE);
    other.play("G: 486 INVITE\nP: ACK");
    return second.invite().replacing();
  }

  @Test
  void refusesWhatAsksForNoCall() {
    phone.play("P: REFER\nG: 400 REFER");
    phone.play("P: REFER | Refer-To: <sip:bob@example.org;method=BYE>\nG: 400 REFER");
    phone.play("P: REFER | Refer-To: <http://example.org/>\nG: 400 REFER");
    phone.play("P: REFER | Refer-To: <sip:b@x> | Require: x-odd\nG: 420 REFER");
    phone.play("P: REFER | Refer-To: <sip:b@x> | Contact: -\nG: 400 REFER");
    hangUp();
  }

  private void hangUp() {
    phone.play("P: BYE\nG: 200 BYE");
  }
}
