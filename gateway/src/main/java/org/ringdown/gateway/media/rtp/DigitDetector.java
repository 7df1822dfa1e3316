package org.ringdown.gateway.media.rtp;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes one digit of the many packets of an event (RFC 4733 section 2.5.2.2): packets with one
 * timestamp are one event. A digit counts when its end is heard, or, if all packets that say so
 * were lost, when another begins or nothing more comes. Safe from any thread.
 */
public final class DigitDetector {
  /** A copy of an earlier event is at most so old; further back the sender has begun anew. */
  private static final int STALE_TICKS = 480_000;

  private static final long GIVE_UP_NANOS = 500_000_000L;

  private boolean any;
  private boolean told;
  private int ssrc;
  private int timestamp;
  private int event;
  private int durationMs;
  private long heardNanos;

  /**
   * Looks at one telephone-event packet.
   *
   * @param payloadOffset see {@link RtpHeader#payloadOffset}
   * @param clockRateHz of the event's format
   * @return a digit that is over; null for most packets
   */
  public synchronized @Nullable Digit observe(
      ByteBuffer packet, int payloadOffset, int clockRateHz, long nowNanos) {
    if (packet.remaining() < payloadOffset + TelephoneEvent.BYTES) {
      return null;
    }
    boolean sameSource = any && RtpHeader.ssrc(packet) == ssrc;
    int ahead = RtpHeader.timestamp(packet) - timestamp;
    if (sameSource && ahead < 0 && ahead > -STALE_TICKS) {
      return null;
    }
    Digit lost = sameSource && ahead == 0 ? null : unfinished();
    if (!sameSource || ahead != 0) {
      begin(packet, payloadOffset);
    }
    heardNanos = nowNanos;
    int ticks = TelephoneEvent.durationTicks(packet, payloadOffset);
    durationMs = Math.max(durationMs, (int) (ticks * 1000L / clockRateHz));
    if (lost == null && TelephoneEvent.isEnd(packet, payloadOffset)) {
      return unfinished();
    }
    return lost;
  }

  /** A digit whose end was never heard; null if there is none. To be asked now and then. */
  public synchronized @Nullable Digit giveUp(long nowNanos) {
    return nowNanos - heardNanos < GIVE_UP_NANOS ? null : unfinished();
  }

  private void begin(ByteBuffer packet, int payloadOffset) {
    any = true;
    told = false;
    ssrc = RtpHeader.ssrc(packet);
    timestamp = RtpHeader.timestamp(packet);
    event = TelephoneEvent.event(packet, payloadOffset);
    durationMs = 0;
  }

  private @Nullable Digit unfinished() {
    if (!any || told) {
      return null;
    }
    told = true;
    return TelephoneEvent.isDigit(event)
        ? new Digit(TelephoneEvent.digit(event), durationMs)
        : null;
  }

  /**
   * A key that was pressed.
   *
   * @param digit one of {@code 0123456789*#ABCD}
   */
  public record Digit(char digit, int durationMs) {}
}
