package org.ringdown.gateway.media.rtp;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes one continuous RTP stream of whatever comes: another fork is heard, a phone starts afresh
 * after hold, digits are sent in between. The receiver sees one SSRC for the whole call, sequence
 * numbers without a gap of our making, and a timestamp that goes on with the clock on the wall.
 *
 * <p>No sequence number goes out twice, whatever the source repeats: under SRTP that would encrypt
 * two packets with one key stream (RFC 3711 section 9.1). Not thread-safe.
 */
public final class RtpRewriter {
  /** Beyond these distances a source has begun anew (RFC 3550 appendix A.1). */
  private static final int MAX_DROPOUT = 3000;

  private static final int MAX_MISORDER = 100;

  /** How far back packets are still told apart from their copies. */
  private static final int WINDOW = 64;

  private static final int SECONDS_BACK = 5;
  private static final int SECONDS_AHEAD = 10;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final int ssrc;
  private boolean started;
  private int highestOut;
  private int newestTimestamp;
  private long newestNanos;

  private @Nullable Object source;
  private int sourceSsrc;
  private int sequenceOffset;
  private int timestampOffset;
  private int highestIn;
  private int lastTimestampIn;
  private long lastInNanos;
  private int firstMapped;
  private long seen;

  /**
   * A stream that has not begun.
   *
   * @param ssrc the SSRC of the stream
   * @param sequence the sequence number it begins with
   * @param timestamp the timestamp it begins with
   */
  public RtpRewriter(int ssrc, int sequence, int timestamp) {
    this.ssrc = ssrc;
    this.highestOut = sequence - 1 & 0xFFFF;
    this.newestTimestamp = timestamp;
  }

  /** The SSRC of the stream. */
  public int ssrc() {
    return ssrc;
  }

  /**
   * Gives a packet its place in the stream.
   *
   * @param from who sent it; a change of this object is a change of source
   * @param clockRateHz the clock of the packet's codec
   * @return {@link Placed#DROP} if there is no place for it: a copy, or it comes too late
   */
  public Placed rewrite(ByteBuffer packet, Object from, int clockRateHz, long nowNanos) {
    boolean anew = isAnew(packet, from);
    if (anew) {
      anchor(packet, from, clockRateHz, nowNanos);
    } else if (!advance(packet, clockRateHz, nowNanos)) {
      return Placed.DROP;
    }
    int sequence = RtpHeader.sequence(packet) + sequenceOffset & 0xFFFF;
    int timestamp = RtpHeader.timestamp(packet) + timestampOffset;
    RtpHeader.setNumbers(packet, sequence, timestamp, ssrc);
    sent(sequence, timestamp, nowNanos);
    return anew ? Placed.ANEW : Placed.NEXT;
  }

  /** Leaves a packet of the source out, so that the receiver does not take it for lost. */
  public void skip(ByteBuffer packet, Object from, int clockRateHz, long nowNanos) {
    if (isAnew(packet, from)) {
      return;
    }
    boolean newer = distance(RtpHeader.sequence(packet), highestIn) > 0;
    if (advance(packet, clockRateHz, nowNanos) && newer) {
      sequenceOffset--;
      firstMapped = highestIn + 1;
    }
  }

  /** Places a packet of our own at this timestamp; the source goes on behind it. */
  public void insert(ByteBuffer packet, int timestamp, long nowNanos) {
    int sequence = highestOut + 1 & 0xFFFF;
    RtpHeader.setNumbers(packet, sequence, timestamp, ssrc);
    sequenceOffset++;
    firstMapped = highestIn + 1;
    sent(sequence, timestamp, nowNanos);
  }

  /** The timestamp of something that happens now. */
  public int timestampAt(long nowNanos, int clockRateHz) {
    if (!started) {
      return newestTimestamp;
    }
    long nanos = nowNanos - newestNanos;
    long ticks = nanos / NANOS_PER_SECOND * clockRateHz;
    ticks += nanos % NANOS_PER_SECOND * clockRateHz / NANOS_PER_SECOND;
    return newestTimestamp + (int) Math.max(1, ticks);
  }

  /** How the source's numbers and ours belong together now. */
  public Numbers numbers() {
    return new Numbers(ssrc, source != null, sourceSsrc, sequenceOffset, timestampOffset);
  }

  private boolean isAnew(ByteBuffer packet, Object from) {
    if (source != from || sourceSsrc != RtpHeader.ssrc(packet)) {
      return true;
    }
    int ahead = distance(RtpHeader.sequence(packet), highestIn);
    return ahead > MAX_DROPOUT || ahead < -MAX_MISORDER;
  }

  private void anchor(ByteBuffer packet, Object from, int clockRateHz, long nowNanos) {
    source = from;
    sourceSsrc = RtpHeader.ssrc(packet);
    highestIn = RtpHeader.sequence(packet);
    firstMapped = highestIn;
    seen = 1;
    sequenceOffset = highestOut + 1 - highestIn;
    lastTimestampIn = RtpHeader.timestamp(packet);
    lastInNanos = nowNanos;
    timestampOffset = timestampAt(nowNanos, clockRateHz) - lastTimestampIn;
  }

  /** Notes a packet of the known source; false if it is a copy or has no number left for it. */
  private boolean advance(ByteBuffer packet, int clockRateHz, long nowNanos) {
    int sequence = RtpHeader.sequence(packet);
    int ahead = distance(sequence, highestIn);
    if (ahead <= 0) {
      return isLateButNew(sequence, -ahead);
    }
    seen = ahead < WINDOW ? seen << ahead | 1 : 1;
    highestIn = sequence;
    int timestamp = RtpHeader.timestamp(packet);
    if (leaps(timestamp, clockRateHz, nowNanos)) {
      timestampOffset = timestampAt(nowNanos, clockRateHz) - timestamp;
    }
    lastTimestampIn = timestamp;
    lastInNanos = nowNanos;
    return true;
  }

  private boolean isLateButNew(int sequence, int behind) {
    if (behind >= WINDOW || distance(sequence, firstMapped) < 0) {
      return false;
    }
    long bit = 1L << behind;
    boolean copy = (seen & bit) != 0;
    seen |= bit;
    return !copy;
  }

  /** A source may set its clock anew without a new SSRC; a pause is no such leap. */
  private boolean leaps(int timestamp, int clockRateHz, long nowNanos) {
    int ticks = timestamp - lastTimestampIn;
    long pauseTicks = (nowNanos - lastInNanos) / 1_000_000 * clockRateHz / 1000;
    return ticks < -(long) SECONDS_BACK * clockRateHz
        || ticks > pauseTicks + (long) SECONDS_AHEAD * clockRateHz;
  }

  private void sent(int sequence, int timestamp, long nowNanos) {
    if (distance(sequence, highestOut) > 0) {
      highestOut = sequence;
    }
    if (!started || timestamp - newestTimestamp > 0) {
      newestTimestamp = timestamp;
      newestNanos = nowNanos;
      started = true;
    }
  }

  private static int distance(int sequence, int from) {
    return (short) (sequence - from);
  }

  /** What became of a packet. */
  public enum Placed {
    /** It follows what went before. */
    NEXT,
    /** It is the first of a source; what went before came from elsewhere. */
    ANEW,
    /** It has no place. */
    DROP
  }

  /**
   * A source's numbers and those of the stream made of it.
   *
   * @param ssrc the stream's SSRC
   * @param known whether a packet of a source has gone out; if not, the rest means nothing
   * @param sourceSsrc the SSRC that the source uses itself
   * @param sequenceOffset from its sequence numbers to the stream's
   * @param timestampOffset from its timestamps to the stream's
   */
  public record Numbers(
      int ssrc, boolean known, int sourceSsrc, int sequenceOffset, int timestampOffset) {}
}
