/**
 * Tests a line to the outside by a call: whether it is answered, whether sound and digits pass. May
 * import {@code gateway.sound}, {@code gateway.sdp}, {@code gateway.call} and the SIP adapter's RTP
 * ports; the call itself is the bridge's. Start reading at {@code LineTest}.
 */
@NullMarked
package org.ringdown.gateway.linetest;

import org.jspecify.annotations.NullMarked;
