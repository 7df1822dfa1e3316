/** MESSAGE in both roles (RFC 3428). */
@NullMarked
package org.ringdown.sip.text;

import org.jspecify.annotations.NullMarked;
