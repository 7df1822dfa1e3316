/**
 * REGISTER in both roles (RFC 3261 section 10): that of a phone, for the holder of the endpoint to
 * answer, and {@link org.ringdown.sip.register.TrunkRegistration}, ours at another registrar.
 */
@NullMarked
package org.ringdown.sip.register;

import org.jspecify.annotations.NullMarked;
