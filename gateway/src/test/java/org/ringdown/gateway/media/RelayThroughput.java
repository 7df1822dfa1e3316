package org.ringdown.gateway.media;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.ringdown.gateway.media.rtp.RtpHeader;
import org.ringdown.gateway.sdp.stream.PayloadMap;
import org.ringdown.sip.rtp.RtpPort;
import org.ringdown.sip.rtp.RtpPortRange;

/**
 * Measures the relay by hand: first its own work without sockets, then from socket to socket over
 * loopback, where the sender is held to what arrives. Run {@code main}; it is no test.
 */
final class RelayThroughput {
  private static final int PACKETS = 5_000_000;
  private static final int SOCKET_SECONDS = 5;
  private static final int IN_FLIGHT = 64;

  private RelayThroughput() {}

  /** Prints both figures. */
  public static void main(String[] args) throws Exception {
    for (int round = 0; round < 3; round++) {
      withoutSockets();
    }
    overLoopback();
  }

  private static void withoutSockets() {
    AtomicLong sent = new AtomicLong();
    LegStream from = RouteTest.quietStream(packet -> sent.incrementAndGet());
    LegStream to = RouteTest.quietStream(packet -> sent.incrementAndGet());
    from.route(new Route(from, to, pt -> pt == 0 ? 0 : PayloadMap.NONE, false));
    ByteBuffer packet = MediaBench.voice(0, 7);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    for (int n = 0; n < PACKETS; n++) {
      packet.putShort(packet.position() + 2, (short) n);
      packet.putInt(packet.position() + 4, n * 160);
      packet.putInt(packet.position() + 8, 7);
      from.onRtp(packet, start + n * 20_000_000L);
    }
    long nanos = System.nanoTime() - start;
    allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
    System.out.printf(
        "relay work: %.0f ns and %.2f bytes a packet, %d of %d sent%n",
        (double) nanos / PACKETS, (double) allocated / PACKETS, sent.get(), PACKETS);
  }

  private static void overLoopback() throws IOException, MediaException, InterruptedException {
    AtomicLong heard = new AtomicLong();
    try (MediaBench bench = new MediaBench();
        RtpPortRange ends = RtpPortRange.open(InetAddress.getLoopbackAddress(), 0, 0, 1)) {
      TestPhone bob = bench.phone("bob");
      TestPhone alice = bench.phone("alice");
      bench.connect(alice, bob);
      RtpPort counter = ends.allocate(new Counter(heard));
      String moved = bob.sdp().replaceFirst("m=audio \\d+", "m=audio " + counter.local().getPort());
      bench.session.reoffer(bob.ref(), moved);
      long sent = flood(alice, heard);
      System.out.printf(
          "loopback, socket to socket: %d packets/s, %d of %d arrived, CPU of the relay thread"
              + " %s%n",
          heard.get() / SOCKET_SECONDS, heard.get(), sent, relayCpu(heard.get()));
    }
  }

  private static long flood(TestPhone from, AtomicLong heard) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SOCKET_SECONDS);
    long sent = 0;
    while (System.nanoTime() < end) {
      if (sent - heard.get() < IN_FLIGHT) {
        from.send(MediaBench.voice((int) sent++, 7));
      } else {
        Thread.onSpinWait();
      }
    }
    return sent;
  }

  /** The relay's range is the first that was opened, so its thread is the first of that name. */
  private static String relayCpu(long packets) {
    var threads = ManagementFactory.getThreadMXBean();
    long[] ids = threads.getAllThreadIds();
    Arrays.sort(ids);
    for (long id : ids) {
      var info = threads.getThreadInfo(id);
      if (info != null && info.getThreadName().equals("rtp-0")) {
        return String.format("%.1f us a packet", threads.getThreadCpuTime(id) / 1000.0 / packets);
      }
    }
    return "unknown";
  }

  private record Counter(AtomicLong heard) implements RtpPort.Receiver {
    @Override
    public void onRtp(ByteBuffer packet) {
      if (RtpHeader.payloadOffset(packet) > 0) {
        heard.incrementAndGet();
      }
    }

    @Override
    public void onRtcp(ByteBuffer packet) {}
  }
}
