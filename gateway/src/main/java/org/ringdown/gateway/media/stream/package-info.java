/**
 * One stream of one leg, both ways, packet by packet: what is agreed on for it, where its packets
 * go, what encrypts them.
 *
 * <p>Imports {@code gateway.media.rtp}, {@code gateway.sdp}, {@code sip.rtp} and {@code
 * webrtc.srtp}. A packet's way is {@code LegStream}, {@code Route}, {@code OutboundStream}.
 */
@NullMarked
package org.ringdown.gateway.media.stream;

import org.jspecify.annotations.NullMarked;
