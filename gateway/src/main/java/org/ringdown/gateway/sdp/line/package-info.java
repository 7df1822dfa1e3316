/**
 * The lines of a session description, before anybody asks what they mean (RFC 8866 section 9):
 * split into session and media sections, with their attributes. Imports only {@code java.*} and
 * Guava. Start at {@link org.ringdown.gateway.sdp.line.SessionDescription}.
 */
@NullMarked
package org.ringdown.gateway.sdp.line;

import org.jspecify.annotations.NullMarked;
