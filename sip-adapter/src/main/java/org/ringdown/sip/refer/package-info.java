/** REFER within a call, and the subscription that it makes (RFC 3515). Imports {@code dialog}. */
@NullMarked
package org.ringdown.sip.refer;

import org.jspecify.annotations.NullMarked;
