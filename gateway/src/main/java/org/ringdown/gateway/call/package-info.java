/**
 * The core: {@link org.ringdown.gateway.call.Call} decides what a call does next. No I/O, no clock,
 * no lock, and no word of the protocols that its sides speak. Pure: imports only {@code java.*} and
 * Guava. Start reading at {@code Call}.
 */
@NullMarked
package org.ringdown.gateway.call;

import org.jspecify.annotations.NullMarked;
