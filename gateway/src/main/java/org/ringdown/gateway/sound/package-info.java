/**
 * Sound of telephony that is made and understood here: tones, silence and digits in RTP. For the
 * phones that test lines and for those of the test kit. May import {@code gateway.sdp} and {@code
 * gateway.media.rtp}. Start reading at {@code Mouth} and {@code Ear}.
 */
@NullMarked
package org.ringdown.gateway.sound;

import org.jspecify.annotations.NullMarked;
