package org.ringdown.gateway.testkit.stage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.ringdown.gateway.testkit.script.Options;
import org.ringdown.gateway.testkit.script.Phrase;
import org.ringdown.gateway.testkit.script.Variables;

/**
 * What a script expects an actor to receive. Safe from any thread.
 *
 * @param <M> a message
 */
public final class Expectations<M> {
  private static final Duration USUAL_SILENCE = Duration.ofMillis(500);

  private final Stage stage;
  private final Inbox<M> inbox;
  private final Language<M> language;

  /** Of what comes into this box. */
  public Expectations(Stage stage, Inbox<M> inbox, Language<M> language) {
    this.stage = stage;
    this.inbox = inbox;
    this.language = language;
  }

  /**
   * Waits for a message and takes it.
   *
   * @throws StepFailure if none that fits is there in time, with what is nearest
   */
  public void expect(Phrase phrase, Options options, Variables variables)
      throws StepFailure, InterruptedException {
    String event = phrase.get("event");
    Duration limit = stage.within(phrase);
    M found =
        stage
            .trace()
            .await(limit, () -> inbox.take(fits(event, options)))
            .orElseThrow(() -> new StepFailure(missing(event, options, limit)));
    Optional<String> before = phrase.find("before");
    if (before.isPresent() && inbox.before(found, language.event(before.get()))) {
      throw new StepFailure(event + " came, but " + before.get() + " came first");
    }
    options.keep().forEach((name, at) -> variables.keep(name, language.at(found, at).orElse("")));
  }

  /**
   * Sees to it that no such message comes for a while, or is there.
   *
   * @throws StepFailure if one does
   */
  public void expectNo(Phrase phrase, Options options) throws StepFailure, InterruptedException {
    String event = phrase.get("event");
    Predicate<M> fits = fits(event, options);
    if (stage.trace().await(phrase.time("for", USUAL_SILENCE), () -> inbox.see(fits)).isPresent()) {
      throw new StepFailure(event + " came, and should not have");
    }
  }

  private Predicate<M> fits(String event, Options options) {
    return language.event(event).and(message -> mismatches(message, options).isEmpty());
  }

  private String missing(String event, Options options, Duration limit) {
    return inbox
        .see(language.event(event))
        .map(near -> event + " came, but " + String.join("; ", mismatches(near, options)))
        .orElseGet(() -> "no " + event + " came within " + Trace.seconds(limit) + "; " + instead());
  }

  private String instead() {
    List<M> open = inbox.open();
    return open.isEmpty()
        ? "nothing else came either"
        : "came instead: " + open.stream().map(language::summary).collect(Collectors.joining(", "));
  }

  private List<String> mismatches(M message, Options options) {
    List<String> wrong = new ArrayList<>();
    language
        .wanted(options)
        .forEach(
            (place, text) -> {
              Wanted wanted = new Wanted(text == null ? null : text.toString());
              Optional<String> value = language.at(message, place);
              if (!language.fits(wanted, value)) {
                wrong.add(wanted.complaint(place, value));
              }
            });
    for (String line : options.sdp()) {
      boolean not = line.startsWith("!");
      Wanted wanted = new Wanted(not ? line.substring(1) : line);
      boolean there =
          language.sdp(message).lines().anyMatch(each -> wanted.isIn(Optional.of(each)));
      if (there == not) {
        wrong.add("its SDP has " + (not ? "" : "no ") + "\"" + wanted.text() + "\"");
      }
    }
    return wrong;
  }
}
