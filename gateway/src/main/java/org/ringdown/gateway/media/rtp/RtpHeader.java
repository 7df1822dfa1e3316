package org.ringdown.gateway.media.rtp;

import java.nio.ByteBuffer;

/**
 * The fields of an RTP packet (RFC 3550 section 5.1), read and written in place; the packet begins
 * at the buffer's position, which is never moved. Only {@link #payloadOffset} looks at the length:
 * ask it first.
 */
public final class RtpHeader {
  /** Bytes of a header without contributing sources and extension. */
  public static final int BYTES = 12;

  private RtpHeader() {}

  /**
   * Where the payload begins, counted from the start of the packet.
   *
   * @return -1 if this is not RTP version 2 or is cut off
   */
  public static int payloadOffset(ByteBuffer packet) {
    int length = packet.remaining();
    if (length < BYTES || (first(packet) & 0xC0) != 0x80) {
      return -1;
    }
    int offset = BYTES + 4 * (first(packet) & 0x0F);
    if ((first(packet) & 0x10) != 0) {
      if (offset + 4 > length) {
        return -1;
      }
      offset += 4 + 4 * (packet.getShort(packet.position() + offset + 2) & 0xFFFF);
    }
    return offset > length ? -1 : offset;
  }

  private static int first(ByteBuffer packet) {
    return packet.get(packet.position());
  }

  /** The marker bit. */
  public static boolean marker(ByteBuffer packet) {
    return packet.get(packet.position() + 1) < 0;
  }

  /** The payload type, 0 to 127. */
  public static int payloadType(ByteBuffer packet) {
    return packet.get(packet.position() + 1) & 0x7F;
  }

  /** The sequence number, 0 to 65535. */
  public static int sequence(ByteBuffer packet) {
    return packet.getShort(packet.position() + 2) & 0xFFFF;
  }

  /** The timestamp; unsigned. */
  public static int timestamp(ByteBuffer packet) {
    return packet.getInt(packet.position() + 4);
  }

  /** The synchronization source; unsigned. */
  public static int ssrc(ByteBuffer packet) {
    return packet.getInt(packet.position() + 8);
  }

  /** Sets the payload type and keeps the marker. */
  public static void setPayloadType(ByteBuffer packet, int payloadType) {
    int at = packet.position() + 1;
    packet.put(at, (byte) ((packet.get(at) & 0x80) | payloadType));
  }

  /** Sets the marker bit. */
  public static void setMarker(ByteBuffer packet) {
    int at = packet.position() + 1;
    packet.put(at, (byte) (packet.get(at) | 0x80));
  }

  /** Sets the three numbers that a {@link RtpRewriter} keeps continuous. */
  static void setNumbers(ByteBuffer packet, int sequence, int timestamp, int ssrc) {
    int start = packet.position();
    packet.putShort(start + 2, (short) sequence);
    packet.putInt(start + 4, timestamp);
    packet.putInt(start + 8, ssrc);
  }
}
