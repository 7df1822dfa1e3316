/**
 * SRTP keys in SDP (RFC 4568), read and written. Pure data: a leaf that imports nothing of
 * Ringdown. Start at {@link org.ringdown.gateway.sdp.sdes.CryptoAttribute}.
 */
@NullMarked
package org.ringdown.gateway.sdp.sdes;

import org.jspecify.annotations.NullMarked;
