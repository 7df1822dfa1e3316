package org.ringdown.gateway.media.rtp;

import java.nio.ByteBuffer;

/**
 * Passes RTCP from one leg to the other, in place (RFC 3550 section 6, RFC 4585): SSRCs, sequence
 * numbers and timestamps become those of the other leg's stream. Sender and receiver reports,
 * source descriptions, NACK, PLI and FIR pass. Not passed: BYE (the stream of the other leg goes
 * on), bandwidth estimates (REMB, transport-wide feedback: they speak of our link to one leg),
 * extended reports and application packets (full of SSRCs of one leg). Safe from any thread.
 */
public final class RtcpRewriter {
  private static final int SENDER_REPORT = 200;
  private static final int RECEIVER_REPORT = 201;
  private static final int SOURCE_DESCRIPTION = 202;
  private static final int TRANSPORT_FEEDBACK = 205;
  private static final int PAYLOAD_FEEDBACK = 206;
  private static final int NACK = 1;
  private static final int PICTURE_LOSS = 1;
  private static final int FULL_INTRA_REQUEST = 4;
  private static final int SENDER_INFO_BYTES = 20;
  private static final int BLOCK_BYTES = 24;
  private static final int HEADER_BYTES = 8;
  private static final int ROOM_BYTES = 256;

  private RtcpRewriter() {}

  /**
   * Rewrites a compound packet; the buffer's limit becomes the end of what is left.
   *
   * @return false if nothing is left to send
   */
  public static boolean rewrite(ByteBuffer compound, Mapping mapping) {
    int read = compound.position();
    int write = read;
    int length;
    while ((length = packetLength(compound, read)) > 0) {
      int content = length - padding(compound, read, length);
      write += new Part(compound, read, content, write, mapping).pass();
      read += length;
    }
    compound.limit(write);
    return compound.hasRemaining();
  }

  /**
   * Whether a compound packet is of the stream whose sender uses one SSRC, or speaks of the stream
   * with the other.
   */
  public static boolean concerns(ByteBuffer compound, int senderSsrc, int mediaSsrc) {
    int at = compound.position();
    int length;
    while ((length = packetLength(compound, at)) > 0) {
      int sender = compound.getInt(at + 4);
      if (sender == senderSsrc || mentions(compound, at, length, mediaSsrc)) {
        return true;
      }
      at += length;
    }
    return false;
  }

  /** Whether a compound packet asks for a whole picture (PLI, RFC 4585; FIR, RFC 5104). */
  public static boolean asksPicture(ByteBuffer compound) {
    int at = compound.position();
    int length;
    while ((length = packetLength(compound, at)) > 0) {
      int format = compound.get(at) & 0x1F;
      boolean feedback = (compound.get(at + 1) & 0xFF) == PAYLOAD_FEEDBACK;
      if (feedback && (format == PICTURE_LOSS || format == FULL_INTRA_REQUEST)) {
        return true;
      }
      at += length;
    }
    return false;
  }

  /**
   * A compound packet that asks for a whole picture: an empty report, and a PLI. There is room
   * behind its limit for what encryption adds.
   *
   * @param senderSsrc the stream of whoever asks
   * @param mediaSsrc the stream of the pictures
   */
  public static ByteBuffer pictureLoss(int senderSsrc, int mediaSsrc) {
    ByteBuffer compound = ByteBuffer.allocate(ROOM_BYTES);
    compound.put((byte) 0x80).put((byte) RECEIVER_REPORT).putShort((short) 1).putInt(senderSsrc);
    compound.put((byte) (0x80 | PICTURE_LOSS)).put((byte) PAYLOAD_FEEDBACK).putShort((short) 2);
    return compound.putInt(senderSsrc).putInt(mediaSsrc).flip();
  }

  private static boolean mentions(ByteBuffer compound, int at, int length, int mediaSsrc) {
    int type = compound.get(at + 1) & 0xFF;
    int first = HEADER_BYTES + (type == SENDER_REPORT ? SENDER_INFO_BYTES : 0);
    boolean report = type == SENDER_REPORT || type == RECEIVER_REPORT;
    boolean feedback = type == TRANSPORT_FEEDBACK || type == PAYLOAD_FEEDBACK;
    int last = report ? length - BLOCK_BYTES : feedback ? first : -1;
    for (int i = first; i <= last && i + 4 <= length; i += BLOCK_BYTES) {
      if (compound.getInt(at + i) == mediaSsrc) {
        return true;
      }
    }
    // a full intra request names its stream in the entry instead
    return type == PAYLOAD_FEEDBACK && length >= 20 && compound.getInt(at + 12) == mediaSsrc;
  }

  /** The length of the packet at this place; 0 at the end or if it is none. */
  private static int packetLength(ByteBuffer compound, int at) {
    int left = compound.limit() - at;
    if (left < HEADER_BYTES || (compound.get(at) & 0xC0) != 0x80) {
      return 0;
    }
    int length = 4 * ((compound.getShort(at + 2) & 0xFFFF) + 1);
    return length < HEADER_BYTES || length > left ? 0 : length;
  }

  private static int padding(ByteBuffer compound, int at, int length) {
    if ((compound.get(at) & 0x20) == 0) {
      return 0;
    }
    int bytes = compound.get(at + length - 1) & 0xFC;
    return bytes <= length - HEADER_BYTES ? bytes : 0;
  }

  /**
   * From the names of the leg that sent the RTCP to those of the leg that gets it.
   *
   * @param toSender the stream that the sending leg hears, and what it was made of
   * @param toGetter the stream that the getting leg hears, made of what the sending leg sends
   */
  public record Mapping(RtpRewriter.Numbers toSender, RtpRewriter.Numbers toGetter) {}

  /** One packet of a compound, and the place it moves to: never behind where it was read. */
  private record Part(ByteBuffer buffer, int at, int length, int to, Mapping mapping) {
    /** The bytes written; 0 if the packet does not pass. */
    int pass() {
      int count = buffer.get(at) & 0x1F;
      return switch (buffer.get(at + 1) & 0xFF) {
        case SENDER_REPORT -> senderReport(count);
        case RECEIVER_REPORT -> receiverReport(count, HEADER_BYTES);
        case SOURCE_DESCRIPTION -> sourceDescription(count);
        case TRANSPORT_FEEDBACK -> count == NACK ? nack() : 0;
        case PAYLOAD_FEEDBACK ->
            count == PICTURE_LOSS ? pictureLoss() : count == FULL_INTRA_REQUEST ? intra() : 0;
        default -> 0;
      };
    }

    private int senderReport(int count) {
      int first = HEADER_BYTES + SENDER_INFO_BYTES;
      if (length < first) {
        return 0;
      }
      if (!mapping.toGetter.known()) {
        return receiverReport(count, first);
      }
      int timestamp = buffer.getInt(at + 16) + mapping.toGetter.timestampOffset();
      move(HEADER_BYTES, HEADER_BYTES, SENDER_INFO_BYTES);
      buffer.putInt(to + 16, timestamp);
      return report(SENDER_REPORT, blocks(count, first, first));
    }

    private int receiverReport(int count, int first) {
      return report(RECEIVER_REPORT, blocks(count, first, HEADER_BYTES));
    }

    private int report(int type, int blocks) {
      int info = type == SENDER_REPORT ? SENDER_INFO_BYTES : 0;
      return header(type, blocks, HEADER_BYTES + info + blocks * BLOCK_BYTES);
    }

    /** Moves the blocks that speak of our stream; profile-specific extensions are left out. */
    private int blocks(int count, int from, int into) {
      int kept = 0;
      for (int i = 0; i < count && from + (i + 1) * BLOCK_BYTES <= length; i++) {
        int block = from + i * BLOCK_BYTES;
        if (mapping.toSender.known() && buffer.getInt(at + block) == mapping.toSender.ssrc()) {
          int target = into + kept * BLOCK_BYTES;
          move(block, target, BLOCK_BYTES);
          buffer.putInt(to + target, mapping.toSender.sourceSsrc());
          toSource(to + target + 10);
          kept++;
        }
      }
      return kept;
    }

    private int sourceDescription(int chunks) {
      if (chunks == 0) {
        return 0;
      }
      move(HEADER_BYTES, HEADER_BYTES, length - HEADER_BYTES);
      return header(SOURCE_DESCRIPTION, chunks, length);
    }

    private int nack() {
      if (!speaksOfUs(8) || length < 16) {
        return 0;
      }
      move(HEADER_BYTES, HEADER_BYTES, length - HEADER_BYTES);
      for (int i = 12; i + 4 <= length; i += 4) {
        toSource(to + i);
      }
      buffer.putInt(to + 8, mapping.toSender.sourceSsrc());
      return header(TRANSPORT_FEEDBACK, NACK, length);
    }

    private int pictureLoss() {
      if (!speaksOfUs(8)) {
        return 0;
      }
      buffer.putInt(to + 8, mapping.toSender.sourceSsrc());
      return header(PAYLOAD_FEEDBACK, PICTURE_LOSS, 12);
    }

    /** Only the first entry: the others would be of other streams. */
    private int intra() {
      if (length < 20 || !speaksOfUs(12)) {
        return 0;
      }
      int number = buffer.getInt(at + 16);
      buffer.putInt(to + 8, 0);
      buffer.putInt(to + 12, mapping.toSender.sourceSsrc());
      buffer.putInt(to + 16, number);
      return header(PAYLOAD_FEEDBACK, FULL_INTRA_REQUEST, 20);
    }

    private boolean speaksOfUs(int offset) {
      return mapping.toSender.known()
          && length >= offset + 4
          && buffer.getInt(at + offset) == mapping.toSender.ssrc();
    }

    private void toSource(int place) {
      buffer.putShort(place, (short) (buffer.getShort(place) - mapping.toSender.sequenceOffset()));
    }

    private void move(int from, int into, int bytes) {
      for (int i = 0; i < bytes; i++) {
        buffer.put(to + into + i, buffer.get(at + from + i));
      }
    }

    private int header(int type, int count, int bytes) {
      buffer.put(to, (byte) (0x80 | count));
      buffer.put(to + 1, (byte) type);
      buffer.putShort(to + 2, (short) (bytes / 4 - 1));
      buffer.putInt(to + 4, mapping.toGetter.ssrc());
      return bytes;
    }
  }
}
