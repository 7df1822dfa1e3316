/**
 * What a description says, free of any dialect: streams with their codecs and direction, which
 * codecs are the same on both sides, and which payload types they have (RFC 3551, RFC 3264).
 * Imports the numbers of {@code sdp.line}. Start at {@link
 * org.ringdown.gateway.sdp.stream.MediaStream}.
 */
@NullMarked
package org.ringdown.gateway.sdp.stream;

import org.jspecify.annotations.NullMarked;
