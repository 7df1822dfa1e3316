package org.ringdown.gateway.sound;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

/** A packet of RTP and when it is sent. Immutable. */
public final class TimedPacket {
  private final Duration at;
  private final byte[] rtp;

  /**
   * A packet.
   *
   * @param at since the first of its stream
   */
  public TimedPacket(Duration at, byte[] rtp) {
    this.at = at;
    this.rtp = rtp.clone();
  }

  /** When it is sent, since the first of its stream. */
  public Duration at() {
    return at;
  }

  /** A copy of it, with so much room behind it. */
  public ByteBuffer packet(int room) {
    return ByteBuffer.wrap(Arrays.copyOf(rtp, rtp.length + room)).limit(rtp.length);
  }

  /** A copy of it. */
  public ByteBuffer packet() {
    return packet(0);
  }
}
