/**
 * Load as it is made: calls between phones and pages at a rate, registrations, sign-ins. Start
 * reading at {@link org.ringdown.gateway.testkit.load.traffic.Traffic}.
 */
@NullMarked
package org.ringdown.gateway.testkit.load.traffic;

import org.jspecify.annotations.NullMarked;
