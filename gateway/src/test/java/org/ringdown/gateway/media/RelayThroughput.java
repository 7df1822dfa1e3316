package org.ringdown.gateway.media;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.media.rtp.RtpHeader;
import org.ringdown.sip.rtp.RtpPort;
import org.ringdown.sip.rtp.RtpPortRange;

/**
 * Measures the relay by hand from socket to socket over loopback, where the sender is held to what
 * arrives; its own work without sockets is in {@link RelayBenchmark}. Run {@code main}; it is no
 * test.
 */
final class RelayThroughput {
  private static final int SOCKET_SECONDS = 5;
  private static final int IN_FLIGHT = 64;

  private RelayThroughput() {}

  /** Prints the figure. */
  public static void main(String[] args) throws Exception {
    overLoopback();
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
