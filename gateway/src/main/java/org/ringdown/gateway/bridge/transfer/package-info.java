/**
 * One side of a call gives its place to somebody else: {@code Transfers} runs it, each kind of
 * {@code Target} comes in its own way, {@code Surrenders} gives a side away to another call.
 */
@NullMarked
package org.ringdown.gateway.bridge.transfer;

import org.jspecify.annotations.NullMarked;
