/**
 * Media of a call: an SDP goes in for one side, an SDP comes out for the other. {@link
 * org.ringdown.gateway.media.MediaEngine} is the shape of every engine; the embedded one relays
 * between phone ports and browser transports.
 *
 * <p>Imports its parts: {@code join} (who is joined with whom), {@code leg} (the gateway's end of a
 * leg), {@code stream} (packets of one stream), and {@code gateway.sdp}. Start at {@code
 * EmbeddedSession}.
 */
@NullMarked
package org.ringdown.gateway.media;

import org.jspecify.annotations.NullMarked;
