package org.ringdown.sip.rtp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The RTP and RTCP sockets of one media section of one phone leg (RFC 3550 section 11). Symmetric
 * RTP (RFC 4961): packets go to the address of the SDP until the phone's first genuine packet shows
 * where it really is; from then on to there. Safe from any thread.
 */
public interface RtpPort extends AutoCloseable {
  /** The local RTP address; RTCP is on the next port. */
  InetSocketAddress local();

  /**
   * Where the peer's SDP says media go. A new address un-latches: the next packet of the peer
   * latches again.
   *
   * @param rtcp where RTCP goes; equal to {@code rtp} for rtcp-mux
   */
  void connect(InetSocketAddress rtp, InetSocketAddress rtcp);

  /** Where RTP goes now: the latched source, else the SDP's address, else nowhere. */
  Optional<InetSocketAddress> remote();

  /** Sends one RTP packet; dropped if there is no place to send to yet. */
  void sendRtp(ByteBuffer packet);

  /** Sends one compound RTCP packet; dropped if there is no place to send to yet. */
  void sendRtcp(ByteBuffer packet);

  /** Gives both ports back. Idempotent. */
  @Override
  void close();

  /**
   * Gets what arrives, on the I/O thread; must not block. The buffer is the thread's own: it is
   * valid during the call only, may be changed in place, and has at least 64 bytes of room behind
   * its limit.
   */
  interface Receiver {
    /**
     * Whether an RTP packet is the peer's; one that is encrypted is decrypted in place. Asked
     * before {@link #onRtp}. What is not genuine is dropped, and its source is not latched.
     */
    default boolean isGenuineRtp(ByteBuffer packet) {
      return true;
    }

    /** As {@link #isGenuineRtp}, of RTCP. */
    default boolean isGenuineRtcp(ByteBuffer packet) {
      return true;
    }

    /** One RTP packet. */
    void onRtp(ByteBuffer packet);

    /** One compound RTCP packet. */
    void onRtcp(ByteBuffer packet);
  }
}
