/**
 * Calls from the INVITE to the final response, one class for each role; what comes after is {@code
 * usage}. Start with {@link org.ringdown.sip.call.Calls}.
 */
@NullMarked
package org.ringdown.sip.call;

import org.jspecify.annotations.NullMarked;
