/** Protection of RTP and RTCP (RFC 3711, RFC 7714). A leaf: imports nothing of Ringdown. */
@NullMarked
package org.ringdown.webrtc.srtp;

import org.jspecify.annotations.NullMarked;
