package org.ringdown.sip.stack;

import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many datagrams wait in JAIN-SIP's queue, which itself has no bound: counted in by the socket,
 * counted out by the parser. Over the limit the socket drops what comes, as a full socket buffer
 * would; the peers' retransmissions make up for it. Safe from any thread.
 */
final class Backlog {
  private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

  private final int limit;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger dropped = new AtomicInteger();

  Backlog(int limit) {
    this.limit = limit;
  }

  /** A datagram arrived; false if it must be dropped. */
  boolean admit() {
    if (waiting.get() >= limit) {
      if (Integer.bitCount(dropped.incrementAndGet()) == 1) {
        LOG.warn("too many SIP datagrams waiting, {} dropped so far", dropped.get());
      }
      return false;
    }
    waiting.incrementAndGet();
    return true;
  }

  /** The parser took a datagram from the queue. */
  void taken() {
    waiting.updateAndGet(n -> Math.max(0, n - 1));
  }

  int waiting() {
    return waiting.get();
  }
}
