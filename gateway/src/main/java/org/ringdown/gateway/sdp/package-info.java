/**
 * SDP understood: a neutral description, and the two dialects, plain and WebRTC, in which it is
 * read and written (RFC 8866, RFC 3264, RFC 8829). Pure: imports only {@code java.*} and Guava.
 */
@NullMarked
package org.ringdown.gateway.sdp;

import org.jspecify.annotations.NullMarked;
