/**
 * Test tones and what is heard of them, judged by frequency. Imports nothing of this project. Start
 * reading at {@link org.ringdown.gateway.e2e.sound.Recording}.
 */
@NullMarked
package org.ringdown.gateway.e2e.sound;

import org.jspecify.annotations.NullMarked;
