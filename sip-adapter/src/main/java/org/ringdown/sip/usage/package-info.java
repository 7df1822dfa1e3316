/**
 * What both sides of a call do once its dialog stands (the invite usage of RFC 5057): start with
 * {@link org.ringdown.sip.usage.InviteUsage}. Imports {@code dialog} and {@code refer}.
 */
@NullMarked
package org.ringdown.sip.usage;

import org.jspecify.annotations.NullMarked;
