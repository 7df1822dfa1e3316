/**
 * A leg of a call, whatever it speaks: its verbs ({@code Leg}), what it does on its own ({@code
 * LegListener}), where it sits ({@code Seat}), and what calls and legs ask of one another.
 */
@NullMarked
package org.ringdown.gateway.bridge.leg;

import org.jspecify.annotations.NullMarked;
