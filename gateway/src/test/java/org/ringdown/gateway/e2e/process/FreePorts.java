package org.ringdown.gateway.e2e.process;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;

/**
 * Hands out loopback ports that are free for UDP and TCP, each only once. They lie below the range
 * from which systems take ports of their own choice, so that a port stays free until its program
 * binds it. Safe from any thread.
 */
public final class FreePorts {
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 31_999;

  private int next = LOWEST + (int) (ProcessHandle.current().pid() * 97 % (HIGHEST - LOWEST));

  /** A free port. */
  public int one() {
    return block(1);
  }

  /** The lowest, an even one, of {@code count} free ports in a row. */
  public synchronized int block(int count) {
    for (int tries = 0; tries < HIGHEST - LOWEST; tries++) {
      int first = next % 2 == 0 ? next : next + 1;
      next = first + count > HIGHEST ? LOWEST : first + count;
      if (first + count <= HIGHEST
          && IntStream.range(first, first + count).allMatch(FreePorts::isFree)) {
        return first;
      }
    }
    throw new IllegalStateException("no " + count + " free ports in a row");
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
}
