package org.ringdown.gateway.testkit.sip;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sound.Voice;
import org.ringdown.gateway.testkit.script.Options;
import org.ringdown.gateway.testkit.script.Phrase;
import org.ringdown.gateway.testkit.sip.PhoneCall.State;
import org.ringdown.gateway.testkit.stage.StepFailure;

/** What a phone answers because a script says so. For the thread of the step. */
final class PhoneAnswers {
  private static final int BUSY = 486;
  private static final int DECLINE = 603;

  private final String name;
  private final PhoneCalls calls;
  private final PhoneRequests requests;

  PhoneAnswers(String name, PhoneCalls calls, PhoneRequests requests) {
    this.name = name;
    this.calls = calls;
    this.requests = requests;
  }

  /** Rings, gives early media, answers, refuses or hangs up. */
  void perform(Phrase phrase, Options options, PhoneCall call) throws StepFailure {
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
      throw nothingToAnswer(code);
    }
    calls.answerInvite(call, code, describes ? description(call, invite) : null, options);
  }

  private StepFailure nothingToAnswer(int code) {
    return new StepFailure("there is no call of " + name + " to be answered with " + code);
  }

  private static @Nullable String description(PhoneCall call, PhoneCall.Incoming invite) {
    String offer = invite.message().body();
    if (!offer.isEmpty()) {
      return call.media.answer(offer);
    }
    call.offered = true;
    return call.media.offer();
  }

  /** BYE, CANCEL or a refusal, as the state of the call asks. */
  void hangUp(PhoneCall call, Options options) throws StepFailure {
    switch (call.state) {
      case INCOMING -> answer(call, DECLINE, false, options);
      case CALLING -> requests.cancel(call, options);
      case ESTABLISHED -> {
        requests.within(call, "BYE", options);
        PhoneCalls.over(call);
      }
      case OVER -> throw new StepFailure("the call of " + name + " is over already");
    }
  }

  /**
   * A status of any kind.
   *
   * @param event such as {@code 407} or {@code 200/INFO}
   */
  void send(String event, Phrase phrase, Options options) throws StepFailure {
    String[] parts = event.split("/");
    int code = Integer.parseInt(parts[0]);
    String method = parts.length < 2 ? "" : parts[1];
    Optional<PhoneCall> call = calls.current();
    boolean ofInvite = call.isPresent() && (method.isEmpty() || method.equals("INVITE"));
    if (ofInvite && call.get().state == State.INCOMING) {
      phrase.find("as").ifPresent(call.get()::become);
      phrase.find("with").map(Voice::list).ifPresent(call.get().media::use);
      answer(call.get(), code, code / 100 == 2 || phrase.find("with").isPresent(), options);
    } else if (ofInvite && phrase.find("as").isPresent()) {
      sendAs(phrase.get("as"), call.get(), code, options);
    } else if (!calls.answerLater(method, code, options)) {
      throw new StepFailure("there is no request that " + event + " could answer");
    }
  }

  /** One more response to an INVITE that has its answer. */
  private void sendAs(String branch, PhoneCall call, int code, Options options) throws StepFailure {
    PhoneCall.Incoming invite = call.invite;
    if (invite == null) {
      throw nothingToAnswer(code);
    }
    String sdp = code / 100 == 2 ? description(call, invite) : null;
    calls.answerInvite(call, branch, code, sdp, options);
  }
}
