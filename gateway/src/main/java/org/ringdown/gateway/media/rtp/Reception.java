package org.ringdown.gateway.media.rtp;

import java.nio.ByteBuffer;

/**
 * Counts what comes in on one stream, with the loss estimate of RFC 3550 appendix A.3. Safe from
 * any thread.
 */
public final class Reception {
  private static final int MAX_DROPOUT = 3000;

  private long packets;
  private long bytes;
  private long expectedBefore;
  private long receivedBefore;
  private int ssrc;
  private long firstExtended;
  private long highestExtended;
  private long lastNanos;

  /** Counts a packet. */
  public synchronized void count(ByteBuffer packet, long nowNanos) {
    int sequence = RtpHeader.sequence(packet);
    int source = RtpHeader.ssrc(packet);
    int ahead = (short) (sequence - (int) highestExtended);
    if (packets == 0 || source != ssrc || Math.abs(ahead) > MAX_DROPOUT) {
      expectedBefore += expectedNow();
      receivedBefore = packets;
      ssrc = source;
      firstExtended = sequence;
      highestExtended = sequence;
    } else if (ahead > 0) {
      highestExtended += ahead;
    }
    packets++;
    bytes += packet.remaining();
    lastNanos = nowNanos;
  }

  private long expectedNow() {
    return packets == receivedBefore ? 0 : highestExtended - firstExtended + 1;
  }

  /** The SSRC that was heard last; 0 before the first packet. */
  public synchronized int ssrc() {
    return ssrc;
  }

  /** What there is to know now. */
  public synchronized Counts counts() {
    long lost = Math.max(0, expectedBefore + expectedNow() - packets);
    return new Counts(packets, bytes, lost, lastNanos);
  }

  /**
   * A moment's counts.
   *
   * @param bytes RTP headers included, UDP and IP not
   * @param lost an estimate
   * @param lastNanos when the last packet came; means nothing if there was none
   */
  public record Counts(long packets, long bytes, long lost, long lastNanos) {}
}
