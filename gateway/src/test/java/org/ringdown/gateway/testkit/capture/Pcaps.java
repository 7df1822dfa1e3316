package org.ringdown.gateway.testkit.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes pcap files as tcpdump does. */
public final class Pcaps {
  private static final int RAW = 101;
  private static final int MICROSECONDS = 0xA1B2C3D4;

  private Pcaps() {}

  /** RTP from one port to another over raw IPv4, a packet every 20 ms. */
  public static Path rtp(Path file, List<byte[]> packets) throws IOException {
    return write(file, RAW, packets.stream().map(rtp -> ipv4(udp(6000, 6002, rtp))).toList());
  }

  /** Frames of a link type, one every 20 ms. */
  static Path write(Path file, int linkType, List<byte[]> frames) throws IOException {
    return write(file, ByteOrder.LITTLE_ENDIAN, linkType, frames);
  }

  static Path write(Path file, ByteOrder order, int linkType, List<byte[]> frames)
      throws IOException {
    int size = 24 + frames.stream().mapToInt(frame -> 16 + frame.length).sum();
    ByteBuffer out = ByteBuffer.allocate(size).order(order);
    out.putInt(MICROSECONDS).putShort((short) 2).putShort((short) 4);
    out.putLong(0).putInt(65_535).putInt(linkType);
    int at = 990_000;
    for (byte[] frame : frames) {
      out.putInt(1_700_000_000 + at / 1_000_000).putInt(at % 1_000_000);
      out.putInt(frame.length).putInt(frame.length).put(frame);
      at += 20_000;
    }
    return Files.write(file, out.array());
  }

  static byte[] udp(int from, int to, byte[] payload) {
    return ByteBuffer.allocate(8 + payload.length)
        .putShort((short) from)
        .putShort((short) to)
        .putShort((short) (8 + payload.length))
        .putShort((short) 0)
        .put(payload)
        .array();
  }

  static byte[] ipv4(byte[] udp) {
    return ByteBuffer.allocate(20 + udp.length)
        .putShort((short) 0x4500)
        .putShort((short) (20 + udp.length))
        .putInt(0)
        .put((byte) 64)
        .put((byte) 17)
        .putShort((short) 0)
        .putInt(0xC0000201)
        .putInt(0xC0000202)
        .put(udp)
        .array();
  }

  static byte[] ipv6(byte[] udp) {
    return ByteBuffer.allocate(40 + udp.length)
        .putInt(0x60000000)
        .putShort((short) udp.length)
        .put((byte) 17)
        .put((byte) 64)
        .position(40)
        .put(udp)
        .array();
  }

  /** An RTP packet. */
  public static byte[] packet(int type, int sequence, int ssrc, byte[] payload) {
    return ByteBuffer.allocate(12 + payload.length)
        .put((byte) 0x80)
        .put((byte) type)
        .putShort((short) sequence)
        .putInt(sequence * 160)
        .putInt(ssrc)
        .put(payload)
        .array();
  }
}
