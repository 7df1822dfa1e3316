package org.ringdown.gateway.testkit.sip;

import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.sip.PhoneCall.State;
import org.ringdown.gateway.testkit.sip.SipPhone.Outgoing;
import org.ringdown.gateway.testkit.sip.message.Draft;
import org.ringdown.sip.wire.SipText;

/**
 * What a phone does about the responses to its INVITEs: ACK (RFC 3261 sections 13.2.2.4 and
 * 17.1.1.3) and PRACK (RFC 3262). For the wire's thread.
 */
final class InviteResponses {
  private final Profile profile;
  private final SipPhone phone;
  private final PhoneWire wire;

  InviteResponses(Profile profile, SipPhone phone) {
    this.profile = profile;
    this.phone = phone;
    this.wire = phone.wire();
  }

  void take(PhoneCall call, Outgoing request, SipText response) {
    int code = response.code();
    if (code >= 300) {
      refused(call, request, response);
      return;
    }
    if (!response.tagOf("To").isEmpty()) {
      call.learn(response);
    }
    boolean answers = call.offered && !response.body().isEmpty();
    if (answers) {
      call.media.accept(response.body());
    }
    if (code >= 200) {
      call.state = State.ESTABLISHED;
      call.agree(response.find("Session-Expires").orElse(null));
      acknowledge(call, request, response, answers ? null : response.body());
    } else if (response.find("RSeq").isPresent()) {
      prack(call, response);
    }
  }

  private void refused(PhoneCall call, Outgoing request, SipText response) {
    Draft ack = call.likeInvite("ACK", request.uri, response.header("To"));
    sendAndRepeat(request, response, ack.text(wire.via(request.branch)));
    boolean again =
        (response.code() == 401 || response.code() == 407)
            && !request.retried
            && !profile.password().isEmpty();
    if (call.state == State.CALLING && !again) {
      PhoneCalls.over(call);
    }
  }

  private void acknowledge(
      PhoneCall call, Outgoing request, SipText response, @Nullable String offer) {
    String uri = response.find("Contact").map(SipText::uri).orElse(request.uri);
    String answer = offer == null || offer.isEmpty() ? null : call.media.answer(offer);
    Draft ack = call.likeInvite("ACK", uri, response.header("To")).sdp(answer);
    sendAndRepeat(request, response, ack.text(wire.via("z9hG4bK" + PhoneCall.newTag())));
  }

  private void sendAndRepeat(Outgoing request, SipText response, String ack) {
    wire.transmit(ack, wire.gateway());
    phone.onRepeated(request, response, () -> wire.transmit(ack, wire.gateway()));
  }

  private void prack(PhoneCall call, SipText response) {
    Draft draft =
        call.request("PRACK", 0, wire.contact())
            .header("RAck", response.header("RSeq") + " " + response.header("CSeq"));
    phone.send(new Outgoing("PRACK", call.target(), draft, call), call.nextCseq());
  }
}
