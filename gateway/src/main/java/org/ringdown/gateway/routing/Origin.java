package org.ringdown.gateway.routing;

import com.google.common.collect.ImmutableSet;

/** Who asks for a call, as far as it was proved. */
public sealed interface Origin {
  /** A user who signed in, by digest or on a page. */
  record User(String name) implements Origin {}

  /**
   * A user whose sign-in names all that may be called.
   *
   * @param destinations names and numbers, as they are dialled
   */
  record Guest(String name, ImmutableSet<String> destinations) implements Origin {}

  /** A trunk: the call came from where the trunk's calls come from. */
  record Trunk(String name) implements Origin {}

  /** Nobody knows who. */
  record Anonymous() implements Origin {}
}
