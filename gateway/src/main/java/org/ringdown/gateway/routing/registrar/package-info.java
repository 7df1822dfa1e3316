/**
 * Where users can be reached: the bindings that their phones keep (RFC 3261 section 10.3). Pure:
 * imports only {@code java.*}, Guava and {@code routing.address}. Start reading at {@code
 * Registrar}.
 */
@NullMarked
package org.ringdown.gateway.routing.registrar;

import org.jspecify.annotations.NullMarked;
