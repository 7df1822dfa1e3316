package org.ringdown.gateway.testkit.sip;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.ringdown.gateway.testkit.script.Options;
import org.ringdown.gateway.testkit.script.Phrase;
import org.ringdown.gateway.testkit.script.Variables;
import org.ringdown.gateway.testkit.sound.Hearing;
import org.ringdown.gateway.testkit.stage.Inbox;
import org.ringdown.gateway.testkit.stage.Stage;
import org.ringdown.gateway.testkit.stage.StepFailure;
import org.ringdown.gateway.testkit.stage.Wanted;
import org.ringdown.sip.wire.SipText;

/** What a script expects a phone to receive. Safe from any thread. */
final class PhoneExpectations {
  private static final Duration USUAL_SILENCE = Duration.ofMillis(500);

  private final Stage stage;
  private final Inbox<SipText> inbox;

  PhoneExpectations(Stage stage, Inbox<SipText> inbox) {
    this.stage = stage;
    this.inbox = inbox;
  }

  void expect(Phrase phrase, Options options, Variables variables)
      throws StepFailure, InterruptedException {
    String event = phrase.get("event");
    Duration limit = stage.within(phrase);
    Predicate<SipText> kind = SipEvents.of(event);
    Predicate<SipText> fits = kind.and(message -> mismatches(message, options).isEmpty());
    SipText found =
        stage
            .trace()
            .await(limit, () -> inbox.take(fits))
            .orElseThrow(() -> new StepFailure(missing(event, kind, options, limit)));
    Optional<String> before = phrase.find("before");
    if (before.isPresent() && inbox.before(found, SipEvents.of(before.get()))) {
      throw new StepFailure(event + " came, but " + before.get() + " came first");
    }
    options.keep().forEach((name, header) -> variables.keep(name, value(found, header).orElse("")));
  }

  private String missing(String event, Predicate<SipText> kind, Options options, Duration limit) {
    return inbox
        .see(kind)
        .map(near -> event + " came, but " + String.join("; ", mismatches(near, options)))
        .orElseGet(
            () -> "no " + event + " came within " + Hearing.seconds(limit) + "; " + instead());
  }

  private String instead() {
    List<SipText> open = inbox.open();
    return open.isEmpty()
        ? "nothing else came either"
        : "came instead: " + open.stream().map(SipText::summary).collect(Collectors.joining(", "));
  }

  private static List<String> mismatches(SipText message, Options options) {
    List<String> wrong = new ArrayList<>();
    options
        .header()
        .forEach(
            (name, text) -> {
              Optional<String> value = value(message, name);
              Wanted wanted = new Wanted(text);
              if (!wanted.isIn(value)) {
                wrong.add(wanted.complaint(name, value));
              }
            });
    for (String line : options.sdp()) {
      boolean not = line.startsWith("!");
      String text = not ? line.substring(1) : line;
      boolean there = message.body().lines().anyMatch(l -> new Wanted(text).isIn(Optional.of(l)));
      if (there == not) {
        wrong.add("its SDP has " + (not ? "" : "no ") + "\"" + text + "\"");
      }
    }
    return wrong;
  }

  /** All headers of a name as one; {@code Start-Line} is the first line of the message. */
  private static Optional<String> value(SipText message, String name) {
    if (name.equalsIgnoreCase("Start-Line")) {
      return Optional.of(message.startLine());
    }
    List<String> all = message.all(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", all));
  }

  void expectNo(Phrase phrase, Options options) throws StepFailure, InterruptedException {
    String event = phrase.get("event");
    Predicate<SipText> fits =
        SipEvents.of(event).and(message -> mismatches(message, options).isEmpty());
    if (stage.trace().await(phrase.time("for", USUAL_SILENCE), () -> inbox.see(fits)).isPresent()) {
      throw new StepFailure(event + " came, and should not have");
    }
  }

  private static Predicate<SipText> finalTo(String method) {
    return message ->
        !message.isRequest() && message.code() >= 200 && message.method().equals(method);
  }

  /** Passes over the final responses that have come so far. */
  void forgetFinals(String method) {
    while (inbox.take(finalTo(method)).isPresent()) {
      // one after the other
    }
  }

  /**
   * Waits for the final response to a request.
   *
   * @param answers whether a challenge is answered, and is not yet the end
   */
  String finalResponse(String method, boolean answers) throws StepFailure, InterruptedException {
    SipText first = response(method);
    boolean challenge = first.code() == 401 || first.code() == 407;
    SipText last = challenge && answers ? response(method) : first;
    return last.startLine().replaceFirst("SIP/2.0 ", "");
  }

  private SipText response(String method) throws StepFailure, InterruptedException {
    return stage
        .trace()
        .await(stage.limit(), () -> inbox.take(finalTo(method)))
        .orElseThrow(
            () ->
                new StepFailure(
                    method + " got no answer within " + Hearing.seconds(stage.limit())));
  }

  /** Gives a last exchange the time it needs. */
  void settled(String method, Duration limit) throws InterruptedException {
    stage.trace().await(limit, () -> inbox.take(SipEvents.of("200/" + method)));
  }
}
