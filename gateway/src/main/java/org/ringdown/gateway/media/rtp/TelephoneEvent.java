package org.ringdown.gateway.media.rtp;

import java.nio.ByteBuffer;

/**
 * The payload of a telephone-event packet (RFC 4733 section 2.3), read and written in place. The
 * offset is the payload's, counted from the start of the packet.
 */
public final class TelephoneEvent {
  /** Bytes of the payload. */
  public static final int BYTES = 4;

  /** The longest duration the payload can say, in ticks of its clock. */
  public static final int LONGEST_TICKS = 0xFFFF;

  private static final String DIGITS = "0123456789*#ABCD";
  private static final byte VOLUME = 10;

  private TelephoneEvent() {}

  /**
   * The event of a digit; letters in either case.
   *
   * @return -1 if there is none
   */
  public static int ofDigit(char digit) {
    return DIGITS.indexOf(Character.toUpperCase(digit));
  }

  /** Whether an event is a digit at all; others are line signals and tones. */
  public static boolean isDigit(int event) {
    return event >= 0 && event < DIGITS.length();
  }

  /** The digit of an event for which {@link #isDigit} says yes. */
  public static char digit(int event) {
    return DIGITS.charAt(event);
  }

  /** The event, 0 to 255. */
  public static int event(ByteBuffer packet, int offset) {
    return packet.get(packet.position() + offset) & 0xFF;
  }

  /** Whether the event is over. */
  public static boolean isEnd(ByteBuffer packet, int offset) {
    return packet.get(packet.position() + offset + 1) < 0;
  }

  /** How long the event has lasted, in ticks. */
  public static int durationTicks(ByteBuffer packet, int offset) {
    return packet.getShort(packet.position() + offset + 2) & 0xFFFF;
  }

  /** Turns the duration from one clock into another; what is too long to say is said as longest. */
  public static void scale(ByteBuffer packet, int offset, int fromHz, int toHz) {
    long ticks = (long) durationTicks(packet, offset) * toHz / fromHz;
    setDuration(packet, offset, (int) Math.min(LONGEST_TICKS, ticks));
  }

  /** Writes a payload at -10 dBm0. */
  static void write(ByteBuffer packet, int offset, int event, boolean end, int ticks) {
    int at = packet.position() + offset;
    packet.put(at, (byte) event);
    packet.put(at + 1, (byte) (end ? 0x80 | VOLUME : VOLUME));
    setDuration(packet, offset, ticks);
  }

  private static void setDuration(ByteBuffer packet, int offset, int ticks) {
    packet.putShort(packet.position() + offset + 2, (short) ticks);
  }
}
