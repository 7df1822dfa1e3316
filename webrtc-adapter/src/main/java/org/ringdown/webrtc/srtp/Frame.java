package org.ringdown.webrtc.srtp;

import java.nio.ByteBuffer;

/**
 * One packet within its array, and what its nonce is made of. Used again for each packet. Not
 * thread-safe.
 */
final class Frame {
  private static final int RTP_HEADER_BYTES = 12;
  private static final int RTCP_HEADER_BYTES = 8;

  /** The array that holds the packet. */
  byte[] bytes = new byte[0];

  /** Where the packet begins. */
  int start;

  /** Where what is to be encrypted begins. */
  int payload;

  /** Where the packet ends. */
  int end;

  /** Whose packet it is. */
  int ssrc;

  /** The packet index: 48 bits for RTP, 31 bits for RTCP. */
  long index;

  /** Takes an RTP packet; false if its header does not fit (RFC 3550 section 5.1). */
  boolean rtp(ByteBuffer packet) {
    if (packet.remaining() < RTP_HEADER_BYTES) {
      return false;
    }
    wrap(packet);
    ssrc = word(start + 8);
    payload = start + RTP_HEADER_BYTES + 4 * (bytes[start] & 0x0F);
    if ((bytes[start] & 0x10) != 0) {
      if (payload + 4 > end) {
        return false;
      }
      payload += 4 + 4 * (word(payload) & 0xFFFF);
    }
    return payload <= end;
  }

  /** Takes a compound RTCP packet; false if it is too short. */
  boolean rtcp(ByteBuffer packet) {
    if (packet.remaining() < RTCP_HEADER_BYTES) {
      return false;
    }
    wrap(packet);
    ssrc = word(start + 4);
    payload = start + RTCP_HEADER_BYTES;
    return true;
  }

  private void wrap(ByteBuffer packet) {
    bytes = packet.array();
    start = packet.arrayOffset() + packet.position();
    end = packet.arrayOffset() + packet.limit();
  }

  /** Makes the packet's new end the limit of its buffer. */
  void limit(ByteBuffer packet) {
    packet.limit(end - packet.arrayOffset());
  }

  int sequenceNumber() {
    return (bytes[start + 2] & 0xFF) << 8 | (bytes[start + 3] & 0xFF);
  }

  int word(int at) {
    return bytes[at] << 24
        | (bytes[at + 1] & 0xFF) << 16
        | (bytes[at + 2] & 0xFF) << 8
        | (bytes[at + 3] & 0xFF);
  }

  void append(int word) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[end++] = (byte) (word >> shift);
    }
  }
}
