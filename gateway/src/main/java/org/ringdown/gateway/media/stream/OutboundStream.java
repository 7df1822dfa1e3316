package org.ringdown.gateway.media.stream;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import org.ringdown.gateway.media.rtp.RtpHeader;
import org.ringdown.gateway.media.rtp.RtpRewriter;
import org.ringdown.gateway.media.rtp.RtpRewriter.Placed;

/**
 * One stream to a leg: whoever is heard at the moment, and digits. Safe from any thread: packets
 * are numbered under the stream's own monitor, which one thread wants nearly always, and sent
 * outside it.
 */
public final class OutboundStream {
  private final Wire wire;
  private final boolean audio;
  private final RtpRewriter rewriter;
  private boolean sounding;
  private int digitTimestamp;
  private int clockRateHz;
  private long packets;
  private long bytes;
  private long dropped;

  /** A stream with numbers of its own. */
  public OutboundStream(Wire wire, boolean audio) {
    this.wire = wire;
    this.audio = audio;
    ThreadLocalRandom random = ThreadLocalRandom.current();
    this.rewriter =
        new RtpRewriter(random.nextInt(1, Integer.MAX_VALUE), random.nextInt(), random.nextInt());
  }

  /** Its SSRC, for its whole life. */
  public int ssrc() {
    return rewriter.ssrc();
  }

  /**
   * Sends a packet that came from another leg.
   *
   * @param from the stream it came from
   * @param payloadType what its codec is called here
   */
  void relay(ByteBuffer packet, LegStream from, int payloadType, int clockHz, long nowNanos) {
    if (place(packet, from, payloadType, clockHz, nowNanos)) {
      wire.sendRtp(packet);
    }
  }

  private synchronized boolean place(
      ByteBuffer packet, LegStream from, int payloadType, int clockHz, long nowNanos) {
    if (sounding) {
      rewriter.skip(packet, from, clockHz, nowNanos);
      return false;
    }
    Placed placed = rewriter.rewrite(packet, from, clockHz, nowNanos);
    if (placed == Placed.DROP) {
      dropped++;
      return false;
    }
    RtpHeader.setPayloadType(packet, payloadType);
    if (placed == Placed.ANEW && audio) {
      RtpHeader.setMarker(packet);
    }
    clockRateHz = clockHz;
    count(packet);
    return true;
  }

  /** Leaves a packet of another leg out. */
  synchronized void skip(ByteBuffer packet, LegStream from, int clockHz, long nowNanos) {
    rewriter.skip(packet, from, clockHz, nowNanos);
    dropped++;
  }

  /**
   * Sends a packet of a digit. From the first on the voice is left out, until {@link #digitOver}.
   *
   * @param first whether a digit begins with it
   */
  void sendDigit(ByteBuffer packet, boolean first, int clockHz, long nowNanos) {
    synchronized (this) {
      if (first) {
        sounding = true;
        digitTimestamp = rewriter.timestampAt(nowNanos, clockHz);
      }
      rewriter.insert(packet, digitTimestamp, nowNanos);
      count(packet);
    }
    wire.sendRtp(packet);
  }

  /** The voice may be heard again. */
  synchronized void digitOver() {
    sounding = false;
  }

  void sendRtcp(ByteBuffer packet) {
    wire.sendRtcp(packet);
  }

  /** What the numbers of the stream are made of at the moment. */
  synchronized RtpRewriter.Numbers numbers() {
    return rewriter.numbers();
  }

  /** The clock of what was sent last; 0 if nothing was. */
  synchronized int clockRateHz() {
    return clockRateHz;
  }

  synchronized Counts counts() {
    return new Counts(packets, bytes, dropped);
  }

  private void count(ByteBuffer packet) {
    packets++;
    bytes += packet.remaining();
  }

  /**
   * What has been sent.
   *
   * @param dropped packets of the other leg that this one cannot have: a codec it has not agreed
   *     on, copies, packets that came too late, and while it is on hold
   */
  record Counts(long packets, long bytes, long dropped) {}

  /** Where packets leave. */
  public interface Wire {
    void sendRtp(ByteBuffer packet);

    void sendRtcp(ByteBuffer packet);
  }
}
