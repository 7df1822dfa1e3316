/**
 * End-to-end tests: the built gateway between real phones and real browsers. Imports no class of
 * the gateway itself. Start reading at {@link org.ringdown.gateway.e2e.Stage} and {@code
 * CallSoundIT}.
 */
@NullMarked
package org.ringdown.gateway.e2e;

import org.jspecify.annotations.NullMarked;
