package org.ringdown.sip.socket;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.ringdown.sip.log.StackLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a listening socket does until it has a connection that may stay. */
final class Accepting {
  private static final Logger LOG = LoggerFactory.getLogger(Accepting.class);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private Accepting() {}

  /** Connects a socket of ours with the next who comes. */
  interface Acceptor {
    void accept(Socket socket) throws IOException;
  }

  /**
   * Waits for the next connection there is room for. JAIN-SIP stops to listen for ever at the first
   * failure, such as too many open files; here it only pauses.
   *
   * @throws IOException if {@code listener} has been closed
   */
  static PlainSocket next(
      ServerSocket listener, Acceptor acceptor, Connections connections, boolean secure)
      throws IOException {
    while (true) {
      PlainSocket socket = new PlainSocket(connections, false, secure);
      try {
        acceptor.accept(socket);
      } catch (IOException e) {
        if (listener.isClosed()) {
          throw e;
        }
        LOG.warn("a connection could not be accepted: {}", e.getMessage());
        Uninterruptibles.sleepUninterruptibly(PAUSE);
        continue;
      }
      if (isWelcome(socket, connections)) {
        return socket;
      }
      Connections.closeQuietly(socket);
    }
  }

  private static boolean isWelcome(PlainSocket socket, Connections connections) {
    try {
      socket.tune();
      return connections.admit(socket);
    } catch (IOException e) {
      StackLog.debug("a connection that was gone at once", e);
      return false;
    }
  }
}
