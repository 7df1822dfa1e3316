package org.ringdown.gateway.media.stream;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.ringdown.gateway.media.rtp.Packets;
import org.ringdown.gateway.sdp.stream.PayloadMap;

/** A packet's way through the relay, from one socket to the other, without the sockets. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RelayBenchmark {
  private static final long PACKET_NANOS = 20_000_000;

  private final AtomicLong sent = new AtomicLong();
  private final LegStream from = RouteTest.quietStream(packet -> sent.incrementAndGet());
  private final ByteBuffer packet = Packets.rtp(0, 0, 0, 7, new byte[160]);
  private int number;

  /** Joins two legs that agreed on PCMU. */
  public RelayBenchmark() {
    LegStream to = RouteTest.quietStream(packet -> sent.incrementAndGet());
    from.route(new Route(from, to, pt -> pt == 0 ? 0 : PayloadMap.NONE, false));
  }

  /** One packet. */
  @Benchmark
  public long relay() {
    number++;
    packet.putShort(packet.position() + 2, (short) number);
    packet.putInt(packet.position() + 4, number * 160);
    packet.putInt(packet.position() + 8, 7);
    from.onRtp(packet, number * PACKET_NANOS);
    return sent.get();
  }
}
