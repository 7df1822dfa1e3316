package org.ringdown.gateway.testkit.web;

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
import tools.jackson.databind.JsonNode;

/** What a script expects a page to receive. Safe from any thread. */
final class PageExpectations {
  private static final Duration USUAL_SILENCE = Duration.ofMillis(500);

  private final Stage stage;
  private final Inbox<JsonNode> inbox;

  PageExpectations(Stage stage, Inbox<JsonNode> inbox) {
    this.stage = stage;
    this.inbox = inbox;
  }

  void expect(Phrase phrase, Options options, Variables variables)
      throws StepFailure, InterruptedException {
    String event = phrase.get("event");
    Duration limit = stage.within(phrase);
    Predicate<JsonNode> kind = of(event);
    Predicate<JsonNode> fits = kind.and(message -> mismatches(message, options).isEmpty());
    JsonNode found =
        stage
            .trace()
            .await(limit, () -> inbox.take(fits))
            .orElseThrow(() -> new StepFailure(missing(event, kind, options, limit)));
    Optional<String> before = phrase.find("before");
    if (before.isPresent() && inbox.before(found, of(before.get()))) {
      throw new StepFailure(event + " came, but " + before.get() + " came first");
    }
    options.keep().forEach((name, at) -> variables.keep(name, Page.at(found, at).orElse("")));
  }

  private static Predicate<JsonNode> of(String event) {
    return message -> event.equals("any") || Page.type(message).equals(event);
  }

  private String missing(String event, Predicate<JsonNode> kind, Options options, Duration limit) {
    return inbox
        .see(kind)
        .map(near -> event + " came, but " + String.join("; ", mismatches(near, options)))
        .orElseGet(
            () -> "no " + event + " came within " + Hearing.seconds(limit) + "; " + instead());
  }

  private String instead() {
    List<JsonNode> open = inbox.open();
    return open.isEmpty()
        ? "nothing else came either"
        : "came instead: " + open.stream().map(Page::type).collect(Collectors.joining(", "));
  }

  private static List<String> mismatches(JsonNode message, Options options) {
    List<String> wrong = new ArrayList<>();
    options
        .json()
        .forEach(
            (pointer, value) -> {
              Wanted wanted = new Wanted(value == null ? null : String.valueOf(value));
              Optional<String> found = Page.at(message, pointer);
              if (!wanted.is(found)) {
                wrong.add(wanted.complaint(pointer, found));
              }
            });
    for (String line : options.sdp()) {
      boolean not = line.startsWith("!");
      String text = not ? line.substring(1) : line;
      boolean there =
          Page.at(message, "/sdp")
              .orElse("")
              .lines()
              .anyMatch(l -> new Wanted(text).isIn(Optional.of(l)));
      if (there == not) {
        wrong.add("its SDP has " + (not ? "" : "no ") + "\"" + text + "\"");
      }
    }
    return wrong;
  }

  void expectNo(Phrase phrase, Options options) throws StepFailure, InterruptedException {
    String event = phrase.get("event");
    Predicate<JsonNode> fits = of(event).and(message -> mismatches(message, options).isEmpty());
    if (stage.trace().await(phrase.time("for", USUAL_SILENCE), () -> inbox.see(fits)).isPresent()) {
      throw new StepFailure(event + " came, and should not have");
    }
  }

  /** The digits of all dtmf events not taken yet. */
  String digits() {
    return inbox.open().stream()
        .filter(of("dtmf"))
        .map(message -> Page.at(message, "/digit").orElse(""))
        .collect(Collectors.joining());
  }

  /** Takes that many of them. */
  void forgetDigits(int count) {
    for (int i = 0; i < count; i++) {
      inbox.take(of("dtmf"));
    }
  }
}
