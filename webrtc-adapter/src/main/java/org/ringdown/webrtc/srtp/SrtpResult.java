package org.ringdown.webrtc.srtp;

/** What became of one packet. */
public enum SrtpResult {
  /** The buffer holds the packet, protected or unprotected. */
  OK,
  /** Too short, or its header runs over its end. */
  MALFORMED,
  /** The authentication tag is wrong. */
  NOT_AUTHENTIC,
  /** Seen before, or too old to tell (RFC 3711 section 3.3.2). */
  REPLAYED,
  /** There are more SSRCs than any honest peer has. */
  TOO_MANY_STREAMS
}
