package org.ringdown.gateway.testkit.stage;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.script.Options;

/**
 * How expectations read the messages of one kind of actor. Safe from any thread.
 *
 * @param <M> a message
 */
public interface Language<M> {
  /** Which messages a word of a script means. */
  Predicate<M> event(String word);

  /** The places that a step speaks of, and what it wants there. */
  Map<String, ? extends @Nullable Object> wanted(Options options);

  /** What stands at such a place. */
  Optional<String> at(M message, String place);

  /** Whether the value at a place is as it should be. */
  boolean fits(Wanted wanted, Optional<String> value);

  /** The session description in it; empty if there is none. */
  String sdp(M message);

  /** A message in a word or two. */
  String summary(M message);
}
