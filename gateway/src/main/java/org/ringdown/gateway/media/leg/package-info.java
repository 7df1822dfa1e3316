/**
 * The gateway's end of the media of one leg, in the leg's dialect: a phone's port pairs, or a
 * page's transport.
 *
 * <p>Imports {@code gateway.media.stream}, {@code gateway.sdp}, {@code sip.rtp} and {@code webrtc}.
 * Start at {@code MediaLeg}; {@code LegFactory} makes them.
 */
@NullMarked
package org.ringdown.gateway.media.leg;

import org.jspecify.annotations.NullMarked;
