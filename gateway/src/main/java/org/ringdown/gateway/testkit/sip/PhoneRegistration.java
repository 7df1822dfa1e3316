package org.ringdown.gateway.testkit.sip;

import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;
import org.ringdown.gateway.testkit.script.Options;
import org.ringdown.gateway.testkit.sip.SipPhone.Outgoing;
import org.ringdown.gateway.testkit.sip.message.Draft;
import org.ringdown.gateway.testkit.sip.message.SipEvents;
import org.ringdown.gateway.testkit.stage.Stage;
import org.ringdown.gateway.testkit.stage.StepFailure;
import org.ringdown.gateway.testkit.stage.Trace;
import org.ringdown.sip.wire.SipText;

/** The registration of a phone (RFC 3261 section 10.2). For the thread of the step. */
final class PhoneRegistration {
  private static final Duration LAST_WORD = Duration.ofMillis(500);
  private static final int CSEQ_STEP = 10;
  private static final Predicate<SipText> FINAL =
      message ->
          !message.isRequest() && message.code() >= 200 && message.method().equals("REGISTER");

  private final Stage stage;
  private final Profile profile;
  private final SipPhone phone;
  private final String callId = UUID.randomUUID().toString();
  private final String tag = PhoneCall.newTag();
  private boolean registered;
  private int cseq;

  PhoneRegistration(Stage stage, Profile profile, SipPhone phone) {
    this.stage = stage;
    this.profile = profile;
    this.phone = phone;
  }

  /** Registers and waits until it is done; 0 seconds take it back. */
  void register(int seconds, Options options) throws StepFailure, InterruptedException {
    while (phone.inbox().take(FINAL).isPresent()) {
      // what earlier ones were answered with
    }
    send(seconds, options);
    SipText last = response();
    boolean challenge = last.code() == 401 || last.code() == 407;
    if (challenge && !profile.password().isEmpty()) {
      last = response();
    }
    if (last.code() >= 300) {
      boolean again = challenge && (last.code() == 401 || last.code() == 407);
      throw new StepFailure(
          "REGISTER was answered with "
              + last.startLine().replaceFirst("SIP/2.0 ", "")
              + (again ? ": is there a user " + profile.user() + " with this password?" : ""));
    }
    registered = seconds > 0;
  }

  private SipText response() throws StepFailure, InterruptedException {
    return stage
        .trace()
        .await(stage.replies(), () -> phone.inbox().take(FINAL))
        .orElseThrow(
            () ->
                new StepFailure(
                    "REGISTER got no answer from "
                        + PhoneWire.hostPort(phone.wire().gateway())
                        + " within "
                        + Trace.seconds(stage.replies())));
  }

  void send(int seconds, Options options) {
    String own = "<sip:" + profile.user() + "@" + phone.wire().domain() + ">";
    String uri = "sip:" + phone.wire().domain();
    Draft draft =
        new Draft("REGISTER " + uri + " SIP/2.0")
            .header("Max-Forwards", "70")
            .header("From", own + ";tag=" + tag)
            .header("To", own)
            .header("Call-ID", callId)
            .header("CSeq", "0 REGISTER")
            .header("Contact", phone.wire().contact())
            .header("Expires", String.valueOf(seconds))
            .apply(options);
    cseq += CSEQ_STEP;
    phone.send(new Outgoing("REGISTER", uri, draft, null), cseq);
  }

  boolean registered() {
    return registered;
  }

  /** Takes back what is registered, and gives that a moment. */
  void end() throws InterruptedException {
    if (registered) {
      send(0, Options.NONE);
      stage.trace().await(LAST_WORD, () -> phone.inbox().take(SipEvents.of("200/REGISTER")));
    }
  }
}
