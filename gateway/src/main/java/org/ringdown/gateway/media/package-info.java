/**
 * Media of a call: an SDP goes in for one side, an SDP comes out for the other. {@link
 * org.ringdown.gateway.media.MediaEngine} is the shape of every engine; the embedded one relays
 * between phone ports and browser transports.
 */
@NullMarked
package org.ringdown.gateway.media;

import org.jspecify.annotations.NullMarked;
