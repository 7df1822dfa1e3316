package org.ringdown.sip.rtp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that reads many sockets. A packet arrives in a buffer off the heap, or the channel
 * would look for one of its own each time, and is handed on in one on the heap, so that encryption
 * can work in its array. Safe from any thread.
 */
final class RtpIoThread implements AutoCloseable {
  /** Room kept free behind every packet, for the tag that SRTP adds. */
  static final int SPARE_BYTES = 128;

  private static final Logger log = LoggerFactory.getLogger(RtpIoThread.class);
  private static final int LARGEST_PACKET = 4096;
  private static final int SETTLE_MILLIS = 200;

  private final Selector selector;
  private final Thread thread;
  private final ByteBuffer buffer = ByteBuffer.allocate(LARGEST_PACKET + SPARE_BYTES);
  private final ByteBuffer arrival = ByteBuffer.allocateDirect(LARGEST_PACKET);
  private final Queue<CountDownLatch> settling = new ConcurrentLinkedQueue<>();

  private RtpIoThread(Selector selector, String name) {
    this.selector = selector;
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(true);
  }

  static RtpIoThread start(String name) throws IOException {
    RtpIoThread started = new RtpIoThread(Selector.open(), name);
    started.thread.start();
    return started;
  }

  /** Reads a non-blocking channel from the next {@link #wakeup} on. */
  void register(DatagramChannel channel, Reader reader) throws IOException {
    channel.register(selector, SelectionKey.OP_READ, reader);
  }

  /**
   * Makes the selector look at its channels: those registered are read, and those closed give their
   * ports back, which they keep until then.
   */
  void wakeup() {
    selector.wakeup();
  }

  /** Waits, a short while at most, until the ports of all channels closed so far are free. */
  void settle() {
    CountDownLatch done = new CountDownLatch(1);
    settling.add(done);
    selector.wakeup();
    try {
      done.await(SETTLE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (selector.isOpen()) {
        CountDownLatch asked = settling.poll();
        if (asked == null) {
          selector.select(this::ready);
        } else {
          selector.selectNow(this::ready);
          asked.countDown();
        }
      }
    } catch (ClosedSelectorException e) {
      log.debug("{} stopped", thread.getName());
    } catch (IOException e) {
      log.error("{} cannot select any more; its ports are deaf", thread.getName(), e);
    }
  }

  private void ready(SelectionKey key) {
    try {
      ((Reader) key.attachment()).read(arrival, buffer);
    } catch (CancelledKeyException e) {
      log.trace("a port was closed while it was read");
    }
  }

  /** Stops; the channels are the caller's to close before. */
  @Override
  public void close() {
    try {
      selector.close();
    } catch (IOException e) {
      log.debug("selector not closed cleanly", e);
    }
  }

  /** Reads one socket. */
  interface Reader {
    /**
     * Called when there is something to read; both buffers are the thread's own.
     *
     * @param arrival off the heap, for the channel
     * @param buffer on the heap, with room behind a packet
     */
    void read(ByteBuffer arrival, ByteBuffer buffer);
  }
}
