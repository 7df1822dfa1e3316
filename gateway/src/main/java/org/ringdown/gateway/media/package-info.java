/**
 * Media of a call: an SDP goes in for one side, an SDP comes out for the other. {@link
 * org.ringdown.gateway.media.MediaEngine} is the shape of every engine; the embedded one relays
 * between phone ports and browser transports.
 *
 * <p>Imports {@code gateway.sdp}, the packet work in {@code gateway.media.rtp}, {@code sip.rtp} and
 * {@code webrtc}. Start at {@code EmbeddedSession}: it has one {@code MediaLeg} for each leg
 * ({@code PlainLeg} or {@code BrowserLeg}) and a {@code Joint} for each pair of legs that have
 * agreed. A packet's way is {@code LegStream}, {@code Route}, {@code OutboundStream}.
 */
@NullMarked
package org.ringdown.gateway.media;

import org.jspecify.annotations.NullMarked;
