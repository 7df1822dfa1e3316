package org.ringdown.gateway.testkit.script;

import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import java.util.stream.Stream;
import org.ringdown.gateway.testkit.script.ActorPlan.Kind;
import org.ringdown.gateway.testkit.script.Verb.Who;

/** Which sentences are for whom. Safe from any thread. */
public final class Ability {
  /** What only an actor can do that writes its own messages and packets. */
  private static final ImmutableSet<Verb> NOT_OF_BROWSERS =
      ImmutableSet.of(Verb.SENDS, Verb.LOSES, Verb.MOVES);

  private Ability() {}

  /** Why an actor cannot do this, if it cannot. */
  public static Optional<String> complaint(ActorPlan plan, Phrase phrase, Options options) {
    Verb verb = phrase.verb();
    boolean page = plan.kind() == Kind.PAGE;
    if (verb.who() == (page ? Who.PHONE : Who.PAGE)) {
      return Optional.of("a " + plan.kind().word() + " cannot do this");
    }
    if (plan.isBrowser() && isBeyondBrowsers(phrase, options)) {
      return Optional.of(
          "a real browser cannot do this: the client library writes its messages, and it chooses"
              + " its codecs; only what it expects can have json: and sdp:");
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

  private static boolean isBeyondBrowsers(Phrase phrase, Options options) {
    boolean codecs = phrase.verb() != Verb.REFUSES && phrase.find("with").isPresent();
    boolean expected = phrase.verb() == Verb.EXPECTS || phrase.verb() == Verb.EXPECTS_NO;
    boolean written = !expected && !options.equals(Options.NONE);
    return NOT_OF_BROWSERS.contains(phrase.verb()) || codecs || written;
  }
}
