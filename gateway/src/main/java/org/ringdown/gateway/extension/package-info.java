/**
 * Numbers that the gateway answers itself, for trying a line: small phones in the house that speak
 * plain SDP and RTP as any other phone does, so that calls to them go the whole way. May import
 * {@code gateway.sdp}, {@code gateway.media}, {@code gateway.routing} and the SIP adapter's RTP
 * ports. Start reading at {@code Extension}.
 */
@NullMarked
package org.ringdown.gateway.extension;

import org.jspecify.annotations.NullMarked;
