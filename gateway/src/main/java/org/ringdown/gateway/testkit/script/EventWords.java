package org.ringdown.gateway.testkit.script;

import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ringdown.gateway.config.yaml.Spelling;

/** The words for messages, of which phones and pages have different ones. Safe from any thread. */
public final class EventWords {
  /** Words that both understand. */
  private static final ImmutableSet<String> COMMON =
      ImmutableSet.of("incoming", "ringing", "accepted", "hangup", "any");

  /** What the gateway says to pages, and that the connection is closed. */
  private static final ImmutableSet<String> OF_PAGES =
      ImmutableSet.of(
          "welcome",
          "incoming",
          "ringing",
          "answer",
          "offer-refused",
          "accepted",
          "offer",
          "held",
          "resumed",
          "dtmf",
          "transferred",
          "message",
          "message-status",
          "line-test",
          "media",
          "hangup",
          "token-expiring",
          "goodbye",
          "ok",
          "error",
          "closed",
          "any");

  private static final Pattern OF_PHONES =
      Pattern.compile("[A-Z]+|re-INVITE|[1-6](\\d\\d|xx)(/[A-Z]+)?");

  private EventWords() {}

  /** All words that pages can be said to expect. */
  public static ImmutableSet<String> ofPages() {
    return OF_PAGES;
  }

  /** What is wrong with a word that an actor expects. */
  public static Optional<String> complaint(ActorPlan.Kind kind, String word) {
    if (word.contains("${")) {
      return Optional.empty();
    }
    if (kind == ActorPlan.Kind.PAGE) {
      return OF_PAGES.contains(word)
          ? Optional.empty()
          : Optional.of("a page never gets this: " + Spelling.unknown(word, OF_PAGES));
    }
    return OF_PHONES.matcher(word).matches() || COMMON.contains(word)
        ? Optional.empty()
        : Optional.of(
            "a phone never gets \""
                + word
                + "\"; expected a method, a status such as 180 or 200/BYE, or one of "
                + String.join(", ", COMMON));
  }
}
