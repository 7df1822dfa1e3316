package org.ringdown.gateway.testkit.sip;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.script.Options;
import org.ringdown.gateway.testkit.sip.PhoneCall.Incoming;
import org.ringdown.gateway.testkit.sip.PhoneCall.State;
import org.ringdown.gateway.testkit.sip.SipPhone.Outgoing;
import org.ringdown.gateway.testkit.sip.message.Draft;
import org.ringdown.gateway.testkit.sip.message.SipEvents;
import org.ringdown.gateway.testkit.sip.message.Statuses;
import org.ringdown.gateway.testkit.stage.Stage;
import org.ringdown.sip.wire.SipText;

/**
 * The calls of a phone, and what it does by itself: ACK, PRACK, the answer to what the script
 * leaves alone. Safe from any thread.
 */
final class PhoneCalls implements SipPhone.Listener {
  static final String ALLOW =
      "INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO, REFER, NOTIFY";

  private final Stage stage;
  private final Profile profile;
  private final Reactions reactions;
  private final Map<String, PhoneCall> calls = new LinkedHashMap<>();
  private final List<Incoming> unanswered = new ArrayList<>();
  private final SipPhone phone;
  private final InviteResponses responses;
  private @Nullable PhoneCall current;

  PhoneCalls(Stage stage, Profile profile) throws IOException {
    this.stage = stage;
    this.profile = profile;
    this.reactions = new Reactions(profile);
    this.phone = new SipPhone(stage, profile, this);
    this.responses = new InviteResponses(profile, phone);
  }

  SipPhone phone() {
    return phone;
  }

  Reactions reactions() {
    return reactions;
  }

  /** The call that is spoken of: the last that began. */
  synchronized Optional<PhoneCall> current() {
    return Optional.ofNullable(current);
  }

  /** The last that began before or after that one and is not over. */
  synchronized Optional<PhoneCall> other() {
    return calls.values().stream()
        .filter(call -> call != current && call.state != State.OVER)
        .reduce((earlier, later) -> later);
  }

  /** Speaks of this one from now on. */
  synchronized void turnTo(PhoneCall call) {
    current = call;
  }

  synchronized List<PhoneCall> all() {
    return List.copyOf(calls.values());
  }

  synchronized void enter(PhoneCall call) {
    calls.put(call.callId, call);
    current = call;
  }

  private synchronized Optional<PhoneCall> of(SipText message) {
    return message.find("Call-ID").map(calls::get);
  }

  PhoneMedia newMedia() throws IOException {
    return new PhoneMedia(stage, profile, phone.wire().network());
  }

  @Override
  public void onRequest(Incoming request) {
    SipText message = request.message();
    Optional<PhoneCall> call = of(message);
    switch (message.method()) {
      case "ACK" -> call.ifPresent(known -> onAck(known, message));
      case "INVITE" -> onInvite(request, call);
      case "CANCEL" -> onCancel(request, call);
      default -> react(request, call);
    }
  }

  private void onAck(PhoneCall call, SipText ack) {
    phone.repeats().stop(call.callId + ack.tagOf("To"));
    if (!call.offered && !ack.body().isEmpty()) {
      return;
    }
    if (!ack.body().isEmpty()) {
      call.media.accept(ack.body());
      call.offered = false;
    }
  }

  private void onInvite(Incoming request, Optional<PhoneCall> known) {
    if (known.isPresent() && SipEvents.isWithin(request.message())) {
      react(request, known);
      return;
    }
    try {
      PhoneCall call = PhoneCall.from(request, newMedia());
      enter(call);
      phone.respond(request, response(request, 100, "").text(""));
      react(request, Optional.of(call));
    } catch (IOException e) {
      stage.trace().note(profile.name(), "no port for sound: " + e.getMessage());
    }
  }

  private void onCancel(Incoming request, Optional<PhoneCall> call) {
    react(request, call);
    call.filter(c -> c.state == State.INCOMING)
        .ifPresent(c -> answerInvite(c, 487, null, Options.NONE));
  }

  private void react(Incoming request, Optional<PhoneCall> call) {
    Optional<Reactions.Answer> answer = reactions.to(request.message());
    if (answer.isEmpty()) {
      synchronized (this) {
        unanswered.add(request);
      }
      return;
    }
    SipText message = request.message();
    boolean invite = message.method().equals("INVITE");
    if (invite && call.isPresent() && call.get().state == State.INCOMING) {
      answerInvite(call.get(), answer.get().code(), null, answer.get().options());
      return;
    }
    boolean describes = !message.body().isEmpty() && answer.get().code() / 100 == 2;
    boolean offers = describes && (invite || message.method().equals("UPDATE"));
    String sdp = offers && call.isPresent() ? call.get().media.answer(message.body()) : null;
    if (invite && sdp == null && call.isPresent() && answer.get().code() / 100 == 2) {
      sdp = call.get().media.offer();
      call.get().offered = true;
    }
    answer(request, call, answer.get(), sdp);
    if (message.method().equals("BYE")) {
      call.filter(c -> c.tag().equals(message.tagOf("To"))).ifPresent(PhoneCalls::over);
    }
  }

  private void answer(
      Incoming request, Optional<PhoneCall> call, Reactions.Answer answer, @Nullable String sdp) {
    SipText message = request.message();
    String tag = call.map(PhoneCall::tag).orElseGet(PhoneCall::newTag);
    Draft draft = response(request, answer.code(), tag);
    if (message.method().equals("INVITE")) {
      draft.header("Contact", phone.wire().contact());
    } else if (message.method().equals("REGISTER") && answer.code() == 200) {
      draft.headers("Contact", message.all("Contact"));
    }
    message.find("Session-Expires").ifPresent(value -> draft.header("Session-Expires", value));
    draft.headers("WWW-Authenticate", answer.challenges());
    String text = draft.sdp(sdp).apply(answer.options()).text("");
    phone.respond(request, text);
    if (message.method().equals("INVITE") && call.isPresent()) {
      repeatUntilAck(call.get().callId + tag, request, text);
    }
  }

  /** Sends a final response again until the dialog, or what would have become one, has its ACK. */
  private void repeatUntilAck(String dialog, Incoming request, String text) {
    phone.repeats().start(dialog, () -> phone.wire().transmit(text, request.from()));
  }

  static void over(PhoneCall call) {
    call.state = State.OVER;
    call.media.mouth().close();
  }

  /** A response with what every response has (RFC 3261 section 8.2.6.2). */
  Draft response(Incoming request, int code, String tag) {
    SipText message = request.message();
    String to = message.header("To");
    boolean tagged = to.contains(";tag=") || code == 100;
    return new Draft("SIP/2.0 " + code + " " + Statuses.phrase(code))
        .headers("Via", message.all("Via"))
        .headers("Record-Route", message.all("Record-Route"))
        .header("From", message.header("From"))
        .header("To", tagged ? to : to + ";tag=" + tag)
        .header("Call-ID", message.header("Call-ID"))
        .header("CSeq", message.header("CSeq"));
  }

  /** Sends a response to the INVITE that began the call. */
  void answerInvite(PhoneCall call, int code, @Nullable String sdp, Options options) {
    boolean sent = answerInvite(call, call.tag(), code, sdp, options);
    call.agree(options.header().get("Session-Expires"));
    if (sent && code >= 200) {
      call.state = code < 300 ? State.ESTABLISHED : State.OVER;
    }
  }

  /** The same as another of several that answer one INVITE; the call goes on as it is. */
  boolean answerInvite(
      PhoneCall call, String tag, int code, @Nullable String sdp, Options options) {
    Incoming invite = call.invite;
    if (invite == null) {
      return false;
    }
    Draft draft =
        response(invite, code, tag)
            .header("Contact", phone.wire().contact())
            .header("Allow", ALLOW)
            .sdp(sdp)
            .apply(options);
    String text = draft.text("");
    phone.respond(invite, text);
    if (code >= 200) {
      repeatUntilAck(call.callId + tag, invite, text);
    }
    return true;
  }

  /**
   * Answers the last request of a method that was left to the script; any method if it is empty.
   */
  boolean answerLater(String method, int code, Options options) {
    Incoming found = null;
    synchronized (this) {
      for (Incoming request : unanswered) {
        if (method.isEmpty() || request.message().method().equals(method)) {
          found = request;
        }
      }
    }
    if (found == null) {
      return false;
    }
    Optional<PhoneCall> call = of(found.message());
    SipText message = found.message();
    boolean offers = !message.body().isEmpty() && code / 100 == 2;
    String sdp = offers && call.isPresent() ? call.get().media.answer(message.body()) : null;
    answer(found, call, new Reactions.Answer(code, options, List.of()), sdp);
    if (code >= 200) {
      synchronized (this) {
        unanswered.remove(found);
      }
    }
    return true;
  }

  @Override
  public void onResponse(Outgoing request, SipText response) {
    PhoneCall call = request.call;
    if (call == null || !request.method.equals("INVITE")) {
      return;
    }
    responses.take(call, request, response);
  }
}
