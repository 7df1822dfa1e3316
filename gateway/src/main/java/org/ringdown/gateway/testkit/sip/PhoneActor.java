package org.ringdown.gateway.testkit.sip;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.stream.Direction;
import org.ringdown.gateway.sound.Voice;
import org.ringdown.gateway.testkit.script.Options;
import org.ringdown.gateway.testkit.script.Phrase;
import org.ringdown.gateway.testkit.script.Variables;
import org.ringdown.gateway.testkit.sip.PhoneCall.State;
import org.ringdown.gateway.testkit.sip.Reactions.Reaction;
import org.ringdown.gateway.testkit.sip.SipPhone.Outgoing;
import org.ringdown.gateway.testkit.stage.Actor;
import org.ringdown.gateway.testkit.stage.Expectations;
import org.ringdown.gateway.testkit.stage.GatewayAddress;
import org.ringdown.gateway.testkit.stage.Hearing;
import org.ringdown.gateway.testkit.stage.Stage;
import org.ringdown.gateway.testkit.stage.StepFailure;
import org.ringdown.sip.wire.SipText;

/** A SIP phone, or a peer that never registers, as an actor of call scripts. */
public final class PhoneActor implements Actor {
  private static final int EXPIRES_SECONDS = 300;
  private static final int BUSY = 486;
  private static final int DECLINE = 603;
  private static final int CSEQ_STEP = 10;

  private final Stage stage;
  private final Profile profile;
  private final boolean registersFirst;
  private final PhoneCalls calls;
  private final SipPhone phone;
  private final Expectations<SipText> expectations;
  private final PhoneRegistration registration;
  private final Hearing hearing;
  private int cseq;

  /**
   * Opens its socket; nothing is sent yet.
   *
   * @param registersFirst whether to register before the first step
   */
  public PhoneActor(Stage stage, Profile profile, boolean registersFirst) throws IOException {
    this.stage = stage;
    this.profile = profile;
    this.registersFirst = registersFirst;
    calls = new PhoneCalls(stage, profile);
    phone = calls.phone();
    expectations = new Expectations<>(stage, phone.inbox(), new SipLanguage());
    registration = new PhoneRegistration(stage, profile, phone);
    hearing = new Hearing(stage.trace(), profile.name());
  }

  @Override
  public String name() {
    return profile.name();
  }

  @Override
  public ImmutableMap<String, String> facts() {
    return phone.facts();
  }

  @Override
  public void enter(GatewayAddress gateway) throws StepFailure, InterruptedException {
    InetSocketAddress address =
        switch (profile.transport()) {
          case UDP -> gateway.udp();
          case TCP -> gateway.tcp();
          case TLS -> gateway.tls();
        };
    try {
      phone.connect(address);
    } catch (IOException e) {
      throw new StepFailure("no connection to " + address, e);
    }
    if (registersFirst) {
      registration.register(EXPIRES_SECONDS, Options.NONE);
      phone.inbox().clear();
    }
  }

  @Override
  public void perform(Phrase phrase, Options options, Variables variables)
      throws StepFailure, InterruptedException {
    switch (phrase.verb()) {
      case EXPECTS -> expectations.expect(phrase, options, variables);
      case EXPECTS_NO -> expectations.expectNo(phrase, options);
      case FORGETS -> phone.inbox().clear();
      case REGISTERS ->
          registration.register(
              (int) phrase.time("for", Duration.ofSeconds(EXPIRES_SECONDS)).toSeconds(), options);
      case UNREGISTERS -> registration.register(0, options);
      case CALLS -> call(phrase, options);
      case SENDS -> send(phrase, options);
      case DROPS, DELAYS, DUPLICATES, REORDERS -> phone.faults().add(Faults.Rule.of(phrase));
      case WILL_ANSWER, WILL_NOT_ANSWER, WILL_CHALLENGE ->
          calls.reactions().set(phrase.get("method"), Reaction.of(phrase, options));
      case CUTS -> wire(phone::cut);
      case COMES_BACK -> wire(phone::comeBack);
      case RINGS, PLAYS_EARLY, ANSWERS, REFUSES, HANGS_UP -> answerOrEnd(phrase, options);
      default -> withinCall(phrase, options, theCall());
    }
  }

  private static void wire(WireWork work) throws StepFailure {
    try {
      work.run();
    } catch (IOException e) {
      throw new StepFailure("the connection", e);
    }
  }

  /** Something done to the wire. */
  private interface WireWork {
    void run() throws IOException;
  }

  private PhoneCall theCall() throws StepFailure {
    return calls.current().orElseThrow(() -> new StepFailure(name() + " has no call"));
  }

  private void call(Phrase phrase, Options options) throws StepFailure {
    try {
      PhoneMedia media = calls.newMedia();
      phrase.find("with").map(Voice::list).ifPresent(media::use);
      PhoneCall call = PhoneCall.to(uri(phrase.get("target")), from(), media);
      calls.enter(call);
      invite(call, options);
    } catch (IOException e) {
      throw new StepFailure("no port for sound", e);
    }
  }

  private void invite(PhoneCall call, Options options) {
    call.offered = options.body() == null || !options.body().isEmpty();
    Draft draft =
        call.request("INVITE", 0, phone.contact())
            .header("Allow", PhoneCalls.ALLOW)
            .sdp(call.offered ? call.media.offer() : null)
            .apply(options);
    phone.send(new Outgoing("INVITE", call.target(), draft, call), call.nextCseq());
  }

  private String from() {
    String display = profile.display().isEmpty() ? "" : "\"" + profile.display() + "\" ";
    return display + "<sip:" + profile.user() + "@" + phone.gatewayHost() + ">";
  }

  private String uri(String target) {
    boolean whole = target.startsWith("sip:") || target.startsWith("sips:");
    return whole ? target : "sip:" + target + "@" + phone.gatewayHost();
  }

  private void answerOrEnd(Phrase phrase, Options options) throws StepFailure {
    PhoneCall call = theCall();
    phrase.find("as").ifPresent(call::become);
    phrase.find("with").filter(with -> !isStatus(with)).map(Voice::list).ifPresent(call.media::use);
    switch (phrase.verb()) {
      case RINGS -> answer(call, 180, false, options);
      case PLAYS_EARLY -> answer(call, 183, true, options);
      case ANSWERS -> answer(call, 200, true, options);
      case REFUSES -> answer(call, status(phrase.find("with")), false, options);
      default -> hangUp(call, options);
    }
  }

  private static boolean isStatus(String word) {
    return word.matches("\\d{3}|busy|decline");
  }

  private static int status(Optional<String> word) {
    return word.map(
            text ->
                text.equals("busy")
                    ? BUSY
                    : text.equals("decline") ? DECLINE : Integer.parseInt(text))
        .orElse(DECLINE);
  }

  private void answer(PhoneCall call, int code, boolean describes, Options options)
      throws StepFailure {
    PhoneCall.Incoming invite = call.invite;
    if (invite == null || (call.state == State.OVER && code >= 200)) {
      throw new StepFailure("there is no call of " + name() + " to be answered with " + code);
    }
    calls.answerInvite(call, code, describes ? description(call, invite) : null, options);
  }

  private static @Nullable String description(PhoneCall call, PhoneCall.Incoming invite) {
    String offer = invite.message().body();
    if (!offer.isEmpty()) {
      return call.media.answer(offer);
    }
    call.offered = true;
    return call.media.offer();
  }

  private void hangUp(PhoneCall call, Options options) throws StepFailure {
    switch (call.state) {
      case INCOMING -> answer(call, DECLINE, false, options);
      case CALLING -> cancel(call, options);
      case ESTABLISHED -> {
        sendWithin(call, "BYE", options);
        PhoneCalls.over(call);
      }
      case OVER -> throw new StepFailure("the call of " + name() + " is over already");
    }
  }

  private void cancel(PhoneCall call, Options options) {
    Draft draft = call.likeInvite("CANCEL", call.target(), call.remoteWithoutTag()).apply(options);
    phone.transmit(draft.text(phone.via(call.branch)), phone.gateway());
  }

  private void sendWithin(PhoneCall call, String method, Options options) {
    Draft draft = call.request(method, 0, phone.contact()).apply(options);
    phone.send(new Outgoing(method, call.target(), draft, call), call.nextCseq());
  }

  private void withinCall(Phrase phrase, Options options, PhoneCall call)
      throws StepFailure, InterruptedException {
    Duration within = stage.within(phrase);
    switch (phrase.verb()) {
      case HOLDS -> reinvite(call, Direction.SENDONLY, options);
      case RESUMES -> reinvite(call, Direction.SENDRECV, options);
      case TRANSFERS -> transfer(call, phrase.get("target"), options);
      case PLAYS -> call.media.mouth().play(Integer.parseInt(phrase.get("hz")));
      case STOPS_SENDING -> call.media.mouth().stop();
      case LOSES ->
          call.media.mouth().lose(Integer.parseInt(phrase.get("percent").replace("%", "")));
      case HEARS -> hearing.tone(call.media.ear(), Integer.parseInt(phrase.get("hz")), within);
      case HEARS_NOTHING ->
          hearing.nothing(call.media.ear(), phrase.find("for").map(Phrase::duration));
      case PRESSES -> press(call, phrase.get("digits"));
      case HEARS_DIGITS -> {
        hearing.digits(() -> call.media.ear().digits(), phrase.get("digits"), within);
        call.media.ear().forgetDigits(phrase.get("digits").length());
      }
      default -> throw new StepFailure("a phone cannot do this: " + phrase.verb().sentence());
    }
  }

  private void reinvite(PhoneCall call, Direction direction, Options options) {
    call.media.want(direction);
    invite(call, options);
  }

  private void transfer(PhoneCall call, String target, Options options) {
    Draft draft =
        call.request("REFER", 0, phone.contact())
            .header("Refer-To", "<" + uri(target) + ">")
            .apply(options);
    phone.send(new Outgoing("REFER", call.target(), draft, call), call.nextCseq());
  }

  private void press(PhoneCall call, String digits) throws StepFailure {
    if (!call.media.mouth().press(digits)) {
      throw new StepFailure("the other side takes no telephone-events");
    }
  }

  private void send(Phrase phrase, Options options) throws StepFailure {
    String event = phrase.get("event");
    if (event.equals("REGISTER")) {
      registration.send(EXPIRES_SECONDS, options);
    } else if (event.equals("CANCEL")) {
      cancel(theCall(), options);
    } else if (event.equals("re-INVITE")) {
      invite(theCall(), options);
    } else if (Character.isDigit(event.charAt(0))) {
      sendStatus(event, phrase, options);
    } else if (calls.current().filter(call -> call.state == State.ESTABLISHED).isPresent()) {
      sendWithin(theCall(), event, options);
    } else {
      sendOutside(event, options);
    }
  }

  private void sendStatus(String event, Phrase phrase, Options options) throws StepFailure {
    String[] parts = event.split("/");
    int code = Integer.parseInt(parts[0]);
    Optional<PhoneCall> ringing = calls.current().filter(call -> call.state == State.INCOMING);
    boolean ofInvite = parts.length < 2 || parts[1].equals("INVITE");
    if (ofInvite && ringing.isPresent()) {
      phrase.find("as").ifPresent(ringing.get()::become);
      phrase.find("with").map(Voice::list).ifPresent(ringing.get().media::use);
      answer(ringing.get(), code, code / 100 == 2 || phrase.find("with").isPresent(), options);
    } else if (!calls.answerLater(parts.length < 2 ? "" : parts[1], code, options)) {
      throw new StepFailure("there is no request that " + event + " could answer");
    }
  }

  private void sendOutside(String method, Options options) {
    String uri = "sip:" + phone.gatewayHost();
    Draft draft =
        new Draft(method + " " + uri + " SIP/2.0")
            .header("Max-Forwards", "70")
            .header("From", from() + ";tag=" + PhoneCall.newTag())
            .header("To", "<" + uri + ">")
            .header("Call-ID", UUID.randomUUID().toString())
            .header("CSeq", "0 " + method)
            .header("Contact", phone.contact())
            .apply(options);
    phone.send(new Outgoing(method, uri, draft, null), cseq += CSEQ_STEP);
  }

  @Override
  public void close() {
    try {
      for (PhoneCall call : calls.all()) {
        if (call.state != State.OVER) {
          hangUp(call, Options.NONE);
        }
      }
      registration.end();
    } catch (StepFailure e) {
      stage.trace().note(name(), e.text());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      shut();
    }
  }

  private void shut() {
    calls.all().forEach(call -> call.media.close());
    try {
      phone.close();
    } catch (IOException e) {
      stage.trace().note(name(), "does not close: " + e.getMessage());
    }
  }
}
