package org.ringdown.gateway.testkit.load.media;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.ringdown.gateway.media.rtp.RtpHeader;
import org.ringdown.gateway.testkit.load.measure.Metric;
import org.ringdown.gateway.testkit.load.measure.Tally;
import org.ringdown.gateway.testkit.load.measure.Tally.Count;

/**
 * What one end says and hears: A-law packets of 20 ms, each with the time at which it left. Safe
 * from any thread.
 */
final class RtpStream implements AutoCloseable {
  static final int PAYLOAD_TYPE = 8;
  private static final int SAMPLES = 160;
  private static final int EARLY = 0x52_4C_4F_44;
  private static final int COUNTED = EARLY + 1;
  private static final int SRTP_ROOM = 64;
  private static final byte SILENCE = (byte) 0xD5;

  /** So many are sent quickly before it is content with what a phone does. */
  private static final int HASTY_PACKETS = 100;

  private final Pacer pacer;
  private final Tally tally;
  private final LongConsumer onFirst;
  private final int ssrc = ThreadLocalRandom.current().nextInt();
  private final AtomicLong heard = new AtomicLong();
  private final byte[] silence = new byte[SAMPLES];
  private final ByteBuffer packet = ByteBuffer.allocate(RtpHeader.BYTES + SAMPLES + SRTP_ROOM);
  private final Runnable turn = this::send;
  private Consumer<ByteBuffer> network = any -> {};
  private int sequence = ThreadLocalRandom.current().nextInt(1000);
  private int slot = -1;
  private int sent;
  private boolean settled;

  /**
   * Says nothing yet.
   *
   * @param onFirst hears when the first packet came, as {@link System#nanoTime} has it
   */
  RtpStream(Pacer pacer, Tally tally, LongConsumer onFirst) {
    this.pacer = pacer;
    this.tally = tally;
    this.onFirst = onFirst;
    Arrays.fill(silence, SILENCE);
  }

  int ssrc() {
    return ssrc;
  }

  /** Begins to send, quickly at first so that the first packet is soon heard. */
  synchronized void begin(Consumer<ByteBuffer> way) {
    network = way;
    if (slot < 0) {
      slot = pacer.add(turn, true);
    }
  }

  /** Both ends hear each other: from now on each packet counts. */
  synchronized void settle() {
    settled = true;
    calm();
  }

  private void calm() {
    if (slot >= 0) {
      pacer.calm(turn, slot);
    }
  }

  private synchronized void send() {
    if (slot < 0) {
      return;
    }
    sequence++;
    packet.clear();
    packet.put((byte) 0x80).put((byte) PAYLOAD_TYPE).putShort((short) sequence);
    packet.putInt(sequence * SAMPLES).putInt(ssrc).put(silence).flip();
    packet.putLong(RtpHeader.BYTES, System.nanoTime());
    packet.putInt(RtpHeader.BYTES + 8, settled ? COUNTED : EARLY);
    network.accept(packet);
    if (settled) {
      tally.count(Count.PACKETS_SENT);
    }
    if (++sent == HASTY_PACKETS) {
      calm();
    }
  }

  /** One packet of the other end. */
  void hear(ByteBuffer arrived) {
    long now = System.nanoTime();
    int at = arrived.position() + RtpHeader.payloadOffset(arrived);
    int kind = arrived.limit() - at < SAMPLES ? 0 : arrived.getInt(at + 8);
    if (kind != EARLY && kind != COUNTED) {
      return;
    }
    if (kind == COUNTED) {
      tally.count(Count.PACKETS_HEARD);
      tally.took(Metric.RELAY, now - arrived.getLong(at));
    }
    if (heard.getAndIncrement() == 0) {
      onFirst.accept(now);
    }
  }

  @Override
  public synchronized void close() {
    if (slot >= 0) {
      pacer.remove(turn, slot);
      slot = -1;
    }
  }
}
