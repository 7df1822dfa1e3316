package org.ringdown.webrtc.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection whose last words arrive. TCP answers what comes in after a close with a reset, and a
 * reset throws away what the peer has not read yet: a page that sends on would see no close frame.
 * So this side only ends its output, throws away what still comes, and closes once the peer has, or
 * after a second (RFC 9112 section 9.6).
 */
final class LingeringEndPoint extends SocketChannelEndPoint {
  private static final Logger log = LoggerFactory.getLogger(LingeringEndPoint.class);
  private static final Duration LONGEST = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int BUFFER_BYTES = 4096;

  private final SelectionKey key;
  private final Scheduler scheduler;
  private long deadline;

  LingeringEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
    super(channel, selector, key, scheduler);
    this.key = key;
    this.scheduler = scheduler;
  }

  /** Called once, when nothing more is to be sent. */
  @Override
  public void doClose() {
    try {
      key.cancel();
      getChannel().shutdownOutput();
      deadline = System.nanoTime() + LONGEST.toNanos();
      drain();
    } catch (IOException e) {
      log.debug("A connection is gone already: {}", e.toString());
      super.doClose();
    }
  }

  private void drain() {
    if (isOpenStill() && System.nanoTime() - deadline < 0 && scheduler.isRunning()) {
      scheduler.schedule(this::drain, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } else {
      super.doClose();
    }
  }

  private boolean isOpenStill() {
    ByteBuffer thrownAway = ByteBuffer.allocate(BUFFER_BYTES);
    try {
      int read = getChannel().read(thrownAway.clear());
      while (read > 0) {
        read = getChannel().read(thrownAway.clear());
      }
      return read == 0;
    } catch (IOException e) {
      log.debug("The peer has ended the connection: {}", e.toString());
      return false;
    }
  }
}
