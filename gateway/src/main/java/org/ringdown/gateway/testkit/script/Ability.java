package org.ringdown.gateway.testkit.script;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.Optional;
import java.util.stream.Stream;
import org.ringdown.gateway.testkit.script.ActorPlan.Kind;
import org.ringdown.gateway.testkit.script.Verb.Who;

/** Which sentences are for whom. Safe from any thread. */
public final class Ability {
  private static final ImmutableSet<Verb> OF_FILES =
      Sets.immutableEnumSet(Verb.PLAYS_FILE, Verb.REPLAYS, Verb.FINISHES, Verb.RECORDS);

  private Ability() {}

  /** Why an actor cannot do this, if it cannot. */
  public static Optional<String> complaint(ActorPlan plan, Phrase phrase, Options options) {
    Verb verb = phrase.verb();
    boolean page = plan.kind() == Kind.PAGE;
    if (verb.who() == (page ? Who.PHONE : Who.PAGE)) {
      return Optional.of("a " + plan.kind().word() + " cannot do this");
    }
    Optional<String> beyond = plan.isBrowser() ? beyondBrowsers(phrase, options) : Optional.empty();
    if (beyond.isPresent()) {
      return beyond;
    }
    Optional<String> pattern = options.wrongPattern();
    if (pattern.isPresent() && (verb == Verb.EXPECTS || verb == Verb.EXPECTS_NO)) {
      return pattern;
    }
    return page && verb == Verb.SENDS
        ? Optional.empty()
        : Stream.of("event", "before")
            .flatMap(slot -> phrase.find(slot).stream())
            .flatMap(word -> EventWords.complaint(plan.kind(), word).stream())
            .findFirst();
  }

  /** What only an actor can do that writes its own messages and packets. */
  private static Optional<String> beyondBrowsers(Phrase phrase, Options options) {
    Verb verb = phrase.verb();
    boolean expects = verb == Verb.EXPECTS || verb == Verb.EXPECTS_NO;
    String why = null;
    if (verb == Verb.MOVES) {
      why = "it has another port when it restarts ICE";
    } else if (verb == Verb.LOSES) {
      why = "it sends all its packets";
    } else if (OF_FILES.contains(verb)) {
      why = "its packets are written by the browser";
    } else if (verb == Verb.SENDS || (!expects && !options.equals(Options.NONE))) {
      why = "its messages are written by the client library";
    } else if (verb != Verb.REFUSES && phrase.find("with").isPresent()) {
      why = "it chooses its codecs";
    }
    return Optional.ofNullable(why)
        .map(text -> "a real browser cannot do this: " + text + "; leave out browser: chromium");
  }
}
