/**
 * Plain RTP towards phones: {@link org.ringdown.sip.rtp.RtpPortRange} hands out {@link
 * org.ringdown.sip.rtp.RtpPort}s, each an RTP and an RTCP socket of one media section. A leaf:
 * imports nothing of Ringdown.
 */
@NullMarked
package org.ringdown.sip.rtp;

import org.jspecify.annotations.NullMarked;
