package org.ringdown.gateway.testkit.sip;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableMap;
import java.net.URLEncoder;
import java.util.UUID;
import org.ringdown.gateway.testkit.script.Options;
import org.ringdown.gateway.testkit.sip.SipPhone.Outgoing;
import org.ringdown.gateway.testkit.sip.message.Draft;
import org.ringdown.gateway.testkit.stage.StepFailure;

/** What a phone asks for: the requests that a script has it send. For the thread of the step. */
final class PhoneRequests {
  private static final int CSEQ_STEP = 10;

  private final Profile profile;
  private final SipPhone phone;
  private final PhoneWire wire;
  private int cseq;

  PhoneRequests(Profile profile, SipPhone phone) {
    this.profile = profile;
    this.phone = phone;
    this.wire = phone.wire();
  }

  /** The value of its From header, without a tag. */
  String from() {
    String display = profile.display().isEmpty() ? "" : "\"" + profile.display() + "\" ";
    return display + "<sip:" + profile.user() + "@" + wire.domain() + ">";
  }

  /** Whom a word of a script means. */
  String uri(String target) {
    boolean whole = target.startsWith("sip:") || target.startsWith("sips:");
    return whole ? target : "sip:" + target + "@" + wire.domain();
  }

  /** Begins a call, or changes one that stands. */
  void invite(PhoneCall call, Options options) {
    invite(call, ImmutableMap.of(), options);
  }

  private void invite(PhoneCall call, ImmutableMap<String, String> headers, Options options) {
    call.offered = options.body() == null || !options.body().isEmpty();
    Draft draft =
        call.request("INVITE", 0, wire.contact())
            .header("Allow", PhoneCalls.ALLOW)
            .sdp(call.offered ? call.media.offer() : null);
    headers.forEach(draft::header);
    send(call, "INVITE", draft.apply(options));
  }

  /** Lets the session timer begin anew; who does is the refresher (RFC 4028 section 7.4). */
  void refresh(PhoneCall call, boolean byInvite, Options options) throws StepFailure {
    String seconds =
        call.sessionSeconds()
            .orElseThrow(() -> new StepFailure("the call has no session timer: its 2xx has none"));
    ImmutableMap<String, String> timer =
        ImmutableMap.of("Supported", "timer", "Session-Expires", seconds + ";refresher=uac");
    if (byInvite) {
      invite(call, timer, options);
    } else {
      Draft draft = call.request("UPDATE", 0, wire.contact());
      timer.forEach(draft::header);
      send(call, "UPDATE", draft.apply(options));
    }
  }

  void cancel(PhoneCall call, Options options) {
    Draft draft = call.likeInvite("CANCEL", call.target(), call.remoteWithoutTag()).apply(options);
    wire.transmit(draft.text(wire.via(call.branch)), wire.gateway());
  }

  /** A request within a call. */
  void within(PhoneCall call, String method, Options options) {
    send(call, method, call.request(method, 0, wire.contact()).apply(options));
  }

  private void send(PhoneCall call, String method, Draft draft) {
    phone.send(new Outgoing(method, call.target(), draft, call), call.nextCseq());
  }

  /** A blind transfer (RFC 3515). */
  void refer(PhoneCall call, String target, Options options) {
    refer(call, options, "<" + uri(target) + ">");
  }

  /** An attended transfer: the other side of a call is to take the place of ours in another one. */
  void refer(PhoneCall call, PhoneCall other, Options options) throws StepFailure {
    String replaces =
        other
            .replaces()
            .map(dialog -> URLEncoder.encode(dialog, UTF_8))
            .orElseThrow(() -> new StepFailure("nobody has rung or answered in the second call"));
    refer(call, options, "<" + other.target() + "?Replaces=" + replaces + ">");
  }

  private void refer(PhoneCall call, Options options, String referTo) {
    Draft draft =
        call.request("REFER", 0, wire.contact()).header("Refer-To", referTo).apply(options);
    send(call, "REFER", draft);
  }

  /** A request that belongs to no call. */
  void outside(String method, Options options) {
    String uri = "sip:" + wire.domain();
    Draft draft =
        new Draft(method + " " + uri + " SIP/2.0")
            .header("Max-Forwards", "70")
            .header("From", from() + ";tag=" + PhoneCall.newTag())
            .header("To", "<" + uri + ">")
            .header("Call-ID", UUID.randomUUID().toString())
            .header("CSeq", "0 " + method)
            .header("Contact", wire.contact())
            .apply(options);
    phone.send(new Outgoing(method, uri, draft, null), cseq += CSEQ_STEP);
  }
}
