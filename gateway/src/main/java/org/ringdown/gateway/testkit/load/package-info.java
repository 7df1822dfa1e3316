/**
 * Load: many calls, registrations and sign-ins against a gateway, with or without real media, and
 * what they cost it. {@link org.ringdown.gateway.testkit.load.LoadTest} is the command.
 */
@NullMarked
package org.ringdown.gateway.testkit.load;

import org.jspecify.annotations.NullMarked;
