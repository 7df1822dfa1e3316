/**
 * Plays scripts: {@link org.ringdown.gateway.testkit.run.Performance} one after the other, with
 * their actors and, where they ask for it, a gateway of their own.
 */
@NullMarked
package org.ringdown.gateway.testkit.run;

import org.jspecify.annotations.NullMarked;
