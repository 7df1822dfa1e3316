/**
 * What actors do with the sound of their calls: tones, files and captures that they send, what they
 * hear and what they record.
 */
@NullMarked
package org.ringdown.gateway.testkit.media;

import org.jspecify.annotations.NullMarked;
