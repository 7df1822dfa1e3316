/**
 * RTP, RTCP and telephone-event packets as bytes: read, renumbered and made continuous. Pure: no
 * I/O, no thread, no clock; time is an argument. A leaf: imports only {@code java.*}. Start with
 * {@link org.ringdown.gateway.media.rtp.RtpRewriter}.
 */
@NullMarked
package org.ringdown.gateway.media.rtp;

import org.jspecify.annotations.NullMarked;
