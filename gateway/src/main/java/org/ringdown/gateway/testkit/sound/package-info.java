/**
 * Sound for test calls: a {@link org.ringdown.gateway.testkit.sound.Mouth} that sends a tone in RTP
 * and an {@link org.ringdown.gateway.testkit.sound.Ear} that finds one in it.
 */
@NullMarked
package org.ringdown.gateway.testkit.sound;

import org.jspecify.annotations.NullMarked;
