package org.ringdown.gateway.config;

import java.util.Objects;

/**
 * A password or the like. {@link #toString} masks it, so that a configuration may be logged whole.
 * Immutable, safe from any thread.
 *
 * @param value the secret itself
 */
public record Secret(String value) {
  /** No secret: the empty string. */
  public static final Secret NONE = new Secret("");

  public Secret {
    Objects.requireNonNull(value);
  }

  /** Asterisks, whatever the length of the secret; nothing for an empty one. */
  @Override
  public String toString() {
    return value.isEmpty() ? "" : "***";
  }
}
