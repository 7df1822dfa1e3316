package org.ringdown.gateway.media.rtp;

import java.nio.ByteBuffer;

/** RTP and RTCP packets for tests. Each lies somewhere inside its buffer, with room behind it. */
public final class Packets {
  private static final int LEAD = 7;
  private static final int ROOM = 128;

  private Packets() {}

  /** An RTP packet. */
  public static ByteBuffer rtp(
      int payloadType, int sequence, int timestamp, int ssrc, byte... payload) {
    ByteBuffer packet = ByteBuffer.allocate(LEAD + RtpHeader.BYTES + payload.length + ROOM);
    packet.position(LEAD);
    packet.put((byte) 0x80).put((byte) payloadType).putShort((short) sequence);
    packet.putInt(timestamp).putInt(ssrc).put(payload);
    return packet.flip().position(LEAD);
  }

  /** A telephone-event packet. */
  public static ByteBuffer event(
      int payloadType, int[] numbers, int event, boolean end, int ticks) {
    ByteBuffer packet =
        rtp(
            payloadType,
            numbers[0],
            numbers[1],
            numbers[2],
            (byte) 0,
            (byte) 0,
            (byte) 0,
            (byte) 0);
    TelephoneEvent.write(packet, RtpHeader.BYTES, event, end, ticks);
    return packet;
  }

  /** An RTCP packet: its header and the words behind it, the sender's SSRC first. */
  public static ByteBuffer rtcp(int type, int count, int... words) {
    ByteBuffer packet = ByteBuffer.allocate(LEAD + 4 + 4 * words.length + ROOM);
    packet.position(LEAD);
    packet.put((byte) (0x80 | count)).put((byte) type).putShort((short) words.length);
    for (int word : words) {
      packet.putInt(word);
    }
    return packet.flip().position(LEAD);
  }

  /** Several RTCP packets in one. */
  public static ByteBuffer compound(ByteBuffer... parts) {
    ByteBuffer packet = ByteBuffer.allocate(2000);
    packet.position(LEAD);
    for (ByteBuffer part : parts) {
      packet.put(part.duplicate());
    }
    return packet.flip().position(LEAD);
  }

  /** A report block. */
  public static int[] block(int ssrc, int highestSequence) {
    return new int[] {ssrc, 0x01000002, highestSequence, 3, 4, 5};
  }

  /** The words behind the header of an RTCP packet at this byte. */
  public static int word(ByteBuffer packet, int at, int index) {
    return packet.getInt(packet.position() + at + 4 * index);
  }

  /** What stands behind the header. */
  public static byte[] payload(ByteBuffer packet) {
    byte[] bytes = new byte[packet.remaining() - RtpHeader.BYTES];
    packet.duplicate().position(packet.position() + RtpHeader.BYTES).get(bytes);
    return bytes;
  }
}
