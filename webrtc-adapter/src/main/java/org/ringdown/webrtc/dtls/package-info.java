/**
 * The DTLS-SRTP handshake (RFC 5764), our certificate and fingerprints (RFC 8122). A leaf: imports
 * nothing of Ringdown.
 */
@NullMarked
package org.ringdown.webrtc.dtls;

import org.jspecify.annotations.NullMarked;
