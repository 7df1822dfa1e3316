package org.ringdown.gateway.testkit.sip;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.ringdown.gateway.sdp.stream.Direction;
import org.ringdown.gateway.sound.Voice;
import org.ringdown.gateway.testkit.media.SoundSteps;
import org.ringdown.gateway.testkit.script.Options;
import org.ringdown.gateway.testkit.script.Phrase;
import org.ringdown.gateway.testkit.script.Variables;
import org.ringdown.gateway.testkit.sip.PhoneCall.State;
import org.ringdown.gateway.testkit.sip.Reactions.Reaction;
import org.ringdown.gateway.testkit.sip.message.SipLanguage;
import org.ringdown.gateway.testkit.stage.Actor;
import org.ringdown.gateway.testkit.stage.Expectations;
import org.ringdown.gateway.testkit.stage.GatewayAddress;
import org.ringdown.gateway.testkit.stage.Stage;
import org.ringdown.gateway.testkit.stage.StepFailure;
import org.ringdown.sip.wire.SipText;

/** A SIP phone, or a peer that never registers, as an actor of call scripts. */
public final class PhoneActor implements Actor {
  private static final int EXPIRES_SECONDS = 300;

  private final Stage stage;
  private final Profile profile;
  private final boolean registersFirst;
  private final PhoneCalls calls;
  private final SipPhone phone;
  private final Expectations<SipText> expectations;
  private final PhoneRequests requests;
  private final PhoneAnswers answers;
  private final PhoneRegistration registration;
  private final SoundSteps sound;

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
    requests = new PhoneRequests(profile, phone);
    answers = new PhoneAnswers(profile.name(), calls, requests);
    registration = new PhoneRegistration(stage, profile, phone);
    sound = new SoundSteps(stage, profile.name());
  }

  @Override
  public String name() {
    return profile.name();
  }

  @Override
  public ImmutableMap<String, String> facts() {
    return phone.wire().facts();
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
      phone.wire().connect(address);
    } catch (IOException e) {
      throw new StepFailure("no connection to " + PhoneWire.hostPort(address), e);
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
      case DROPS, DELAYS, DUPLICATES, REORDERS -> phone.wire().faults().add(Faults.Rule.of(phrase));
      case WILL_ANSWER, WILL_NOT_ANSWER, WILL_CHALLENGE ->
          calls.reactions().set(phrase.get("method"), Reaction.of(phrase, options));
      case CUTS -> wire(phone.wire()::cut);
      case COMES_BACK -> wire(phone.wire()::comeBack);
      case CHANGES_NETWORK -> changeNetwork(options);
      case TURNS -> calls.turnTo(otherCall());
      case RINGS, PLAYS_EARLY, ANSWERS, REFUSES, HANGS_UP ->
          answers.perform(phrase, options, theCall());
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

  /** As a phone does whose address is another: it registers, and says so in its calls. */
  private void changeNetwork(Options options) throws StepFailure, InterruptedException {
    wire(phone.wire()::changeNetwork);
    if (registration.registered()) {
      registration.register(EXPIRES_SECONDS, Options.NONE);
    }
    for (PhoneCall call : calls.all()) {
      if (call.state == State.ESTABLISHED) {
        move(call, options);
      }
    }
  }

  private void move(PhoneCall call, Options options) throws StepFailure {
    wire(() -> call.media.move(phone.wire().network()));
    requests.invite(call, options);
  }

  private PhoneCall otherCall() throws StepFailure {
    return calls.other().orElseThrow(() -> new StepFailure(name() + " has no other call"));
  }

  private PhoneCall theCall() throws StepFailure {
    return calls.current().orElseThrow(() -> new StepFailure(name() + " has no call"));
  }

  private void call(Phrase phrase, Options options) throws StepFailure {
    try {
      PhoneMedia media = calls.newMedia();
      phrase.find("with").map(Voice::list).ifPresent(media::use);
      PhoneCall call = PhoneCall.to(requests.uri(phrase.get("target")), requests.from(), media);
      calls.enter(call);
      requests.invite(call, options);
    } catch (IOException e) {
      throw new StepFailure("no port for sound", e);
    }
  }

  private void withinCall(Phrase phrase, Options options, PhoneCall call)
      throws StepFailure, InterruptedException {
    switch (phrase.verb()) {
      case HOLDS -> reinvite(call, Direction.SENDONLY, options);
      case RESUMES -> reinvite(call, Direction.SENDRECV, options);
      case TRANSFERS -> requests.refer(call, phrase.get("target"), options);
      case JOINS -> requests.refer(otherCall(), call, options);
      case MOVES -> move(call, options);
      case REFRESHES ->
          requests.refresh(
              call, phrase.find("by").filter("re-INVITE"::equals).isPresent(), options);
      case PRESSES -> press(call, phrase.get("digits"));
      case HEARS_DIGITS -> hearDigits(call, phrase);
      default -> {
        if (!sound.perform(phrase, call.media.mouth(), call.media.ear())) {
          throw new StepFailure("a phone cannot do this: " + phrase.verb().sentence());
        }
      }
    }
  }

  private void hearDigits(PhoneCall call, Phrase phrase) throws StepFailure, InterruptedException {
    String digits = phrase.get("digits");
    sound.hearing().digits(() -> call.media.ear().digits(), digits, stage.within(phrase));
    call.media.ear().forgetDigits(digits.length());
  }

  private void reinvite(PhoneCall call, Direction direction, Options options) {
    call.media.want(direction);
    requests.invite(call, options);
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
      requests.cancel(theCall(), options);
    } else if (event.equals("re-INVITE")) {
      requests.invite(theCall(), options);
    } else if (Character.isDigit(event.charAt(0))) {
      answers.send(event, phrase, options);
    } else if (calls.current().filter(call -> call.state == State.ESTABLISHED).isPresent()) {
      requests.within(theCall(), event, options);
    } else {
      requests.outside(event, options);
    }
  }

  @Override
  public void close() {
    try {
      for (PhoneCall call : calls.all()) {
        if (call.state != State.OVER) {
          answers.hangUp(call, Options.NONE);
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
