package org.ringdown.sip.socket;

import com.google.common.util.concurrent.RateLimiter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.ringdown.sip.log.StackLog;
import org.ringdown.sip.work.Workers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All TCP and TLS connections: how many there may be, and which are of no use any more. Safe from
 * any thread.
 */
final class Connections {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  private final ConnectionLimits limits;
  private final Predicate<String> ignored;
  private final Consumer<InetSocketAddress> lost;
  private final Set<PlainSocket> open = ConcurrentHashMap.newKeySet();
  private final RateLimiter warnings = RateLimiter.create(1.0 / 60);

  /**
   * None yet.
   *
   * @param ignored the addresses that cannot connect
   * @param lost is told the other side of each connection that others opened, and that somebody had
   *     spoken on, when it is over
   */
  Connections(
      ConnectionLimits limits, Predicate<String> ignored, Consumer<InetSocketAddress> lost) {
    this.limits = limits;
    this.ignored = ignored;
    this.lost = lost;
  }

  /** Whether one with that address is open. */
  boolean stands(InetSocketAddress remote) {
    return open.stream().anyMatch(socket -> remote.equals(socket.getRemoteSocketAddress()));
  }

  /** A connection we opened. */
  void add(PlainSocket socket) {
    socket.connection().begins();
    open.add(socket);
  }

  /**
   * Somebody connected; false if there is no room. Those that have not said anything may take half
   * of it, so that whoever only connects keeps nobody out for long.
   */
  boolean admit(PlainSocket socket) {
    if (ignored.test(socket.getInetAddress().getHostAddress())) {
      return false;
    }
    int incoming = 0;
    int silent = 0;
    for (PlainSocket other : open) {
      incoming += other.connection().isIncoming() ? 1 : 0;
      silent += other.connection().isIncoming() && other.connection().isSilent() ? 1 : 0;
    }
    if (incoming >= limits.most() || silent >= Math.max(1, limits.most() / 2)) {
      if (warnings.tryAcquire()) {
        LOG.warn("{} SIP connections, {} of them silent: one more refused", incoming, silent);
      }
      return false;
    }
    add(socket);
    return true;
  }

  void remove(PlainSocket socket) {
    Connection connection = socket.connection();
    if (open.remove(socket)
        && connection.isIncoming()
        && !connection.isSilent()
        && socket.getRemoteSocketAddress() instanceof InetSocketAddress remote) {
      lost.accept(remote);
    }
  }

  int count() {
    return open.size();
  }

  /** Closes what is of no use and pings where it is time; to be called every second or so. */
  void tend(Workers pool) {
    for (PlainSocket socket : open) {
      socket
          .connection()
          .judge(limits)
          .ifPresentOrElse(fault -> close(socket, fault), () -> pingInTime(socket, pool));
    }
  }

  private void pingInTime(PlainSocket socket, Workers pool) {
    if (socket.connection().wantsPing(limits)) {
      pool.execute(() -> pool.patiently(socket.connection()::ping));
    }
  }

  private static void close(PlainSocket socket, String fault) {
    LOG.debug("a connection is closed: {}", fault);
    closeQuietly(socket);
  }

  /** Closes all. */
  void close() {
    open.forEach(Connections::closeQuietly);
  }

  static void closeQuietly(PlainSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      StackLog.debug("a connection does not close", e);
    }
  }
}
