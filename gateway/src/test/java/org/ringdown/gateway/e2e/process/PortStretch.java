package org.ringdown.gateway.e2e.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Ports in a row that are one test's alone. A socket that listens on the port before them says so
 * to the tests of all processes, and is gone with the process, however that ends.
 */
record PortStretch(ServerSocket guard) implements AutoCloseable {
  /** How many ports there are, the first an even one. */
  static final int SIZE = 498;

  private static final int LOWEST = 24_000;
  private static final int STEP = 500;
  private static final int COUNT = 16;

  /**
   * Takes one that nobody has; which, is left to chance, so that nobody calls for its last test.
   */
  static PortStretch claim() {
    int any = ThreadLocalRandom.current().nextInt(COUNT);
    for (int i = 0; i < COUNT; i++) {
      ServerSocket guard = listen(LOWEST + (any + i) % COUNT * STEP);
      if (guard != null) {
        return new PortStretch(guard);
      }
    }
    throw new IllegalStateException("other tests have all ports");
  }

  private static @Nullable ServerSocket listen(int port) {
    try {
      return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    } catch (IOException taken) {
      return null;
    }
  }

  /** The lowest port. */
  int first() {
    return guard.getLocalPort() + STEP - SIZE;
  }

  /** Others may have them now. */
  @Override
  public void close() {
    try {
      guard.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
