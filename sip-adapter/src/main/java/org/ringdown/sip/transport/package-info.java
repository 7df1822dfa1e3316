/**
 * Where messages go and where they come from: {@link org.ringdown.sip.transport.Destination}, the
 * sockets that we listen on, and what is too large for UDP. Imports {@code message} and {@code
 * stack}.
 */
@NullMarked
package org.ringdown.sip.transport;

import org.jspecify.annotations.NullMarked;
