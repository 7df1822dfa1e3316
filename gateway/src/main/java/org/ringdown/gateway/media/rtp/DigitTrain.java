package org.ringdown.gateway.media.rtp;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The packets of a row of digits, one step of {@link #STEP_MS} after the other (RFC 4733 section
 * 2.5.1): the first has the marker, all of a digit have the timestamp of its beginning, the last
 * goes out three times. Not thread-safe.
 */
public final class DigitTrain {
  /** Time between two packets. */
  public static final int STEP_MS = 20;

  private static final int END_PACKETS = 3;
  private static final int SHORTEST_MS = 40;
  private static final int LONGEST_MS = 6000;
  private static final int SHORTEST_GAP_MS = 40;
  private static final int USUAL_MS = 100;
  private static final int USUAL_GAP_MS = 70;
  private static final int PAUSE_MS = 2000;
  private static final int LONGEST_ROW = 256;
  private static final int SRTP_ROOM = 128;

  private final Queue<Tone> waiting = new ArrayDeque<>();
  private @Nullable Tone current;
  private int elapsedMs;
  private int endsSent;
  private int restMs;

  /**
   * Puts digits at the end of the row. A comma is a pause of two seconds; what is no digit is left
   * out, and so is what makes the row longer than 256.
   *
   * @param durationMs how long each lasts: 0 for the usual 100 ms, else brought within 40 ms and 6
   *     s
   * @param gapMs silence behind each: 0 for the usual 70 ms, else brought within 40 ms and 6 s
   */
  public void add(String digits, int durationMs, int gapMs) {
    int lasting = durationMs <= 0 ? USUAL_MS : clamp(durationMs, SHORTEST_MS);
    int gap = gapMs <= 0 ? USUAL_GAP_MS : clamp(gapMs, SHORTEST_GAP_MS);
    for (int i = 0; i < digits.length() && waiting.size() < LONGEST_ROW; i++) {
      char digit = digits.charAt(i);
      int event = TelephoneEvent.ofDigit(digit);
      if (event >= 0) {
        waiting.add(new Tone(event, lasting, gap));
      } else if (digit == ',') {
        waiting.add(new Tone(event, 0, PAUSE_MS));
      }
    }
  }

  private static int clamp(int ms, int least) {
    return Math.max(least, Math.min(LONGEST_MS, ms));
  }

  /** Whether nothing is left to send or to wait for. */
  public boolean isOver() {
    return current == null && waiting.isEmpty() && restMs <= 0;
  }

  /** Whether a digit is sounding: the voice is to be silent meanwhile. */
  public boolean isSounding() {
    return current != null;
  }

  /**
   * Goes one step on.
   *
   * @param clockRateHz the clock of the event's format; a digit too long for it is cut
   * @return what to send now; null if this step is part of a pause
   */
  public @Nullable Step next(int clockRateHz) {
    if (restMs > 0) {
      restMs -= STEP_MS;
      return null;
    }
    boolean first = current == null;
    Tone tone = current == null ? waiting.poll() : current;
    if (tone == null || tone.durationMs == 0) {
      restMs = tone == null ? 0 : tone.gapMs;
      return null;
    }
    current = tone;
    int wholeMs =
        (int) Math.min(tone.durationMs, TelephoneEvent.LONGEST_TICKS * 1000L / clockRateHz);
    elapsedMs = first ? STEP_MS : elapsedMs + STEP_MS;
    boolean end = elapsedMs >= wholeMs;
    int ticks = (int) ((long) Math.min(elapsedMs, wholeMs) * clockRateHz / 1000);
    if (end && ++endsSent == END_PACKETS) {
      finish(tone);
    }
    return new Step(tone.event, first, end, ticks);
  }

  private void finish(Tone tone) {
    current = null;
    endsSent = 0;
    restMs = tone.gapMs - (END_PACKETS - 1) * STEP_MS;
  }

  private record Tone(int event, int durationMs, int gapMs) {}

  /**
   * One packet.
   *
   * @param first whether the digit begins with it
   * @param end whether it says that the digit is over
   */
  public record Step(int event, boolean first, boolean end, int durationTicks) {
    /** The packet; sequence number, timestamp and SSRC are for an {@link RtpRewriter} to set. */
    public ByteBuffer packet(int payloadType) {
      int length = RtpHeader.BYTES + TelephoneEvent.BYTES;
      ByteBuffer packet = ByteBuffer.allocate(length + SRTP_ROOM).limit(length);
      packet.put(0, (byte) 0x80);
      RtpHeader.setPayloadType(packet, payloadType);
      if (first) {
        RtpHeader.setMarker(packet);
      }
      TelephoneEvent.write(packet, RtpHeader.BYTES, event, end, durationTicks);
      return packet;
    }
  }
}
