package org.ringdown.gateway.routing.registrar;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;

/**
 * How long and how many bindings hold. Immutable, safe from any thread.
 *
 * @param minExpires a contact that is to hold for less is refused; at most one hour (RFC 3261
 *     section 10.3, step 7)
 * @param defaultExpires how long a contact holds that asks for nothing
 * @param maxExpires how long a contact holds that asks for more
 * @param maxContacts how many contacts one user may have, at least 1
 */
public record RegistrarLimits(
    Duration minExpires, Duration defaultExpires, Duration maxExpires, int maxContacts) {
  public RegistrarLimits {
    checkArgument(minExpires.compareTo(Duration.ofHours(1)) <= 0, "minExpires over an hour");
    checkArgument(minExpires.compareTo(defaultExpires) <= 0, "defaultExpires under minExpires");
    checkArgument(defaultExpires.compareTo(maxExpires) <= 0, "defaultExpires over maxExpires");
    checkArgument(maxContacts >= 1, "maxContacts under 1");
  }
}
