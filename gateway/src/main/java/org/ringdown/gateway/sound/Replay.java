package org.ringdown.gateway.sound;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.Optional;

/** Packets on their way, each at its time. Guarded by its mouth. */
final class Replay {
  private final ImmutableList<TimedPacket> packets;
  private int next;
  private long beganNanos;

  Replay(ImmutableList<TimedPacket> packets) {
    this.packets = packets;
  }

  void begin(long nowNanos) {
    beganNanos = nowNanos;
  }

  /** The next packet, if it is time for it. */
  Optional<TimedPacket> due(long nowNanos) {
    return isOver() || waitNanos(nowNanos) > 0
        ? Optional.empty()
        : Optional.of(packets.get(next++));
  }

  /** How long until the next packet. */
  long waitNanos(long nowNanos) {
    return Math.max(0, packets.get(next).at().toNanos() - (nowNanos - beganNanos));
  }

  boolean isOver() {
    return next == packets.size();
  }

  /** How long until the last packet. */
  Duration left(long nowNanos) {
    Duration whole = packets.get(packets.size() - 1).at();
    Duration left = whole.minusNanos(beganNanos == 0 ? 0 : nowNanos - beganNanos);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
