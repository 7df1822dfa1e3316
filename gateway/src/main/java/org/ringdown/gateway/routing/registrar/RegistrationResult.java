package org.ringdown.gateway.routing.registrar;

import com.google.common.collect.ImmutableList;
import java.time.Duration;

/** What a {@link Registrar} made of a {@link RegistrationUpdate}. */
public sealed interface RegistrationResult {
  /** Done; these bindings hold now (step 8: they belong into the 200). */
  record Accepted(ImmutableList<Binding> bindings) implements RegistrationResult {}

  /** A contact was to hold for less than {@code minExpires}: 423 (step 7). Nothing was changed. */
  record TooBrief(Duration minExpires) implements RegistrationResult {}

  /**
   * A later request of the same Call-ID was seen already, so this one fails (steps 6 and 7).
   * Nothing was changed.
   */
  record OutOfOrder() implements RegistrationResult {}

  /** The user would have more than {@code maxContacts} contacts. Nothing was changed. */
  record TooManyContacts(int maxContacts) implements RegistrationResult {}
}
