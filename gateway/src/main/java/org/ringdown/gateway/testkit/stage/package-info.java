/**
 * What all actors of a run share: the {@link org.ringdown.gateway.testkit.stage.Trace} of what
 * happened, the boxes of messages that came, the clock and the ports for sound.
 */
@NullMarked
package org.ringdown.gateway.testkit.stage;

import org.jspecify.annotations.NullMarked;
