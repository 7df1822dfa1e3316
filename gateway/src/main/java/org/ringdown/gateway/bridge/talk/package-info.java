/**
 * What goes on between the two {@code Sides} of a call: its media ({@code CallMedia}), and digits,
 * holds and new offers ({@code Conversation}).
 */
@NullMarked
package org.ringdown.gateway.bridge.talk;

import org.jspecify.annotations.NullMarked;
