package org.ringdown.gateway.media.rtp;

import java.nio.ByteBuffer;

/**
 * The two laws of ITU-T G.711, and packets turned from one into the other: a table of 256 bytes for
 * each direction, the nearest code of the other law. Safe from any thread.
 */
public final class G711 {
  private static final int MU_BIAS = 33 << 2;
  private static final int MU_CLIP = 32_635;
  private static final int A_TOGGLE = 0x55;
  private static final int PADDING_BIT = 0x20;

  private static final byte[] A_OF_MU = new byte[256];
  private static final byte[] MU_OF_A = new byte[256];

  static {
    for (int code = 0; code < 256; code++) {
      A_OF_MU[code] = aLaw(ofMuLaw((byte) code));
      MU_OF_A[code] = muLaw(ofALaw((byte) code));
    }
  }

  private G711() {}

  /** One 16-bit sample as mu-law: sign, segment, mantissa, all inverted. */
  public static byte muLaw(int sample) {
    int magnitude = Math.min(Math.abs(sample), MU_CLIP) + MU_BIAS;
    int segment = Math.max(0, 31 - Integer.numberOfLeadingZeros(magnitude) - 7);
    int mantissa = (magnitude >> (segment + 3)) & 0x0F;
    int sign = sample < 0 ? 0x80 : 0;
    return (byte) ~(sign | segment << 4 | mantissa);
  }

  /** One 16-bit sample as A-law: sign, segment, mantissa, every other bit inverted. */
  public static byte aLaw(int sample) {
    int sign = sample >= 0 ? 0x80 : 0;
    int magnitude = Math.min(sample >= 0 ? sample : -sample - 1, 32_767) >> 4;
    int segment = Math.max(0, 31 - Integer.numberOfLeadingZeros(magnitude | 1) - 3);
    int mantissa = (segment == 0 ? magnitude : magnitude >> (segment - 1)) & 0x0F;
    return (byte) ((sign | segment << 4 | mantissa) ^ A_TOGGLE);
  }

  /** The 16-bit sample of a mu-law code. */
  public static int ofMuLaw(byte code) {
    int bits = ~code & 0xFF;
    int magnitude = ((((bits & 0x0F) << 3) + MU_BIAS) << ((bits >> 4) & 7)) - MU_BIAS;
    return (bits & 0x80) != 0 ? -magnitude : magnitude;
  }

  /** The 16-bit sample of an A-law code, in the middle of what it stands for. */
  public static int ofALaw(byte code) {
    int bits = (code & 0xFF) ^ A_TOGGLE;
    int segment = (bits >> 4) & 7;
    int magnitude = ((bits & 0x0F) << 4) + 8;
    if (segment > 0) {
      magnitude = (magnitude + 0x100) << (segment - 1);
    }
    return (bits & 0x80) != 0 ? magnitude : -magnitude;
  }

  /**
   * Turns the payload of an RTP packet from one law into the other, in place; padding is left.
   *
   * @param toALaw whether it is mu-law and is to be A-law, else the other way
   * @param payloadOffset see {@link RtpHeader#payloadOffset}
   */
  public static void convert(ByteBuffer packet, int payloadOffset, boolean toALaw) {
    byte[] table = toALaw ? A_OF_MU : MU_OF_A;
    int end = packet.limit() - paddingBytes(packet, payloadOffset);
    for (int at = packet.position() + payloadOffset; at < end; at++) {
      packet.put(at, table[packet.get(at) & 0xFF]);
    }
  }

  private static int paddingBytes(ByteBuffer packet, int payloadOffset) {
    boolean padded = (packet.get(packet.position()) & PADDING_BIT) != 0;
    return padded && packet.remaining() > payloadOffset ? packet.get(packet.limit() - 1) & 0xFF : 0;
  }
}
