package org.ringdown.webrtc.srtp;

/**
 * Encrypts and authenticates the packets of one direction, RTP or RTCP. The session keys do not
 * depend on the SSRC, so that one serves all streams. Not thread-safe.
 */
sealed interface PacketCipher permits CounterModeCipher, GcmCipher {
  /** The most that protection adds to a packet. */
  int MAX_OVERHEAD_BYTES = 20;

  /** Protects the frame in place and moves its end. */
  void protect(Frame frame);

  /** Unprotects the frame in place and moves its end; false if it is not authentic. */
  boolean unprotect(Frame frame);

  /** How much protection adds. */
  int overheadBytes();

  /** How much of it follows the SRTCP index word; the word itself is not counted. */
  int bytesBehindIndex();
}
