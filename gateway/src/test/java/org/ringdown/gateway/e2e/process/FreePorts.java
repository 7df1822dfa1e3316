package org.ringdown.gateway.e2e.process;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Hands out loopback ports that are free for UDP and TCP, each only once. They lie below the range
 * from which systems take ports of their own choice, in stretches that no other test has at the
 * same time, so that a port stays free until its program binds it. Safe from any thread.
 */
public final class FreePorts implements AutoCloseable {
  private final List<PortStretch> stretches = new ArrayList<>();
  private int next;
  private int end;

  /** A free port. */
  public int one() {
    return block(1);
  }

  /** The lowest, an even one, of {@code count} free ports in a row. */
  public synchronized int block(int count) {
    if (count > PortStretch.SIZE) {
      throw new IllegalArgumentException(count + " ports in a row are too many");
    }
    while (true) {
      int first = next % 2 == 0 ? next : next + 1;
      if (first + count > end) {
        takeStretch();
      } else if (IntStream.range(first, first + count).allMatch(FreePorts::isFree)) {
        next = first + count;
        return first;
      } else {
        next = first + 1;
      }
    }
  }

  private void takeStretch() {
    PortStretch stretch = PortStretch.claim();
    stretches.add(stretch);
    next = stretch.first();
    end = next + PortStretch.SIZE;
  }

  private static boolean isFree(int port) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket tcp = new ServerSocket(port, 1, loopback);
        DatagramSocket udp =
            new DatagramSocket(port)) { // a gateway for Firefox takes all addresses
      return tcp.isBound() && udp.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /** Others may have its ports now. */
  @Override
  public synchronized void close() {
    stretches.forEach(PortStretch::close);
    stretches.clear();
    next = 0;
    end = 0;
  }
}
