package org.ringdown.webrtc.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams of one association between the I/O threads and the library, which wants to read
 * them itself: waiting while it shakes hands, and later only what is there. Bounded: datagrams
 * beyond it are lost like on the way.
 */
final class InboundRecords implements DatagramTransport {
  private static final int MAX_QUEUED = 32;
  private static final int RECEIVE_LIMIT = 2_048;
  // Leaves room for IP, UDP and a tunnel or two on a path of 1,280 bytes (RFC 8200 section 5).
  private static final int SEND_LIMIT = 1_200;
  // An honest flight is below 4 KB; the library allocates what a fragment's header claims.
  private static final int MAX_HANDSHAKE_MESSAGE_BYTES = 32_768;
  private static final int RECORD_HEADER_BYTES = 13;
  private static final int HANDSHAKE_HEADER_BYTES = 12;
  private static final int HANDSHAKE = 22;
  private static final byte[] END = {};

  private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(MAX_QUEUED);
  private final Consumer<ByteBuffer> output;
  private volatile boolean waiting = true;
  private volatile boolean closed;

  InboundRecords(Consumer<ByteBuffer> output) {
    this.output = output;
  }

  /** Takes a copy of a datagram; false if it was dropped. */
  boolean offer(ByteBuffer datagram) {
    if (closed || datagram.remaining() > RECEIVE_LIMIT || claimsTooMuch(datagram)) {
      return false;
    }
    byte[] copy = new byte[datagram.remaining()];
    datagram.get(datagram.position(), copy);
    return queue.offer(copy);
  }

  /** Whether any plaintext handshake fragment is part of a message of unreasonable size. */
  private static boolean claimsTooMuch(ByteBuffer datagram) {
    int at = datagram.position();
    while (at + RECORD_HEADER_BYTES <= datagram.limit()) {
      int end = at + RECORD_HEADER_BYTES + Short.toUnsignedInt(datagram.getShort(at + 11));
      boolean plaintextHandshake = datagram.get(at) == HANDSHAKE && datagram.getShort(at + 3) == 0;
      if (plaintextHandshake && fragmentsClaimTooMuch(datagram, at + RECORD_HEADER_BYTES, end)) {
        return true;
      }
      at = end;
    }
    return false;
  }

  private static boolean fragmentsClaimTooMuch(ByteBuffer datagram, int from, int to) {
    int end = Math.min(to, datagram.limit());
    int at = from;
    while (at + HANDSHAKE_HEADER_BYTES <= end) {
      if ((datagram.getInt(at) & 0xFFFFFF) > MAX_HANDSHAKE_MESSAGE_BYTES) {
        return true;
      }
      at += HANDSHAKE_HEADER_BYTES + (datagram.getInt(at + 8) & 0xFFFFFF);
    }
    return false;
  }

  /** From now on {@link #receive} does not wait. */
  void stopWaiting() {
    waiting = false;
  }

  boolean closed() {
    return closed;
  }

  @Override
  public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
    byte[] datagram = waiting ? await(waitMillis) : queue.poll();
    if (closed) {
      throw new IOException("the association has been closed");
    }
    if (datagram == null && !waiting) {
      // The one exception that makes the library return and is not taken for a failure.
      throw new InterruptedIOException("nothing more has come");
    }
    if (datagram == null || datagram.length > length) {
      return -1;
    }
    System.arraycopy(datagram, 0, buffer, offset, datagram.length);
    return datagram.length;
  }

  private byte @Nullable [] await(int waitMillis) throws InterruptedIOException {
    try {
      return queue.poll(waitMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  @Override
  public void send(byte[] buffer, int offset, int length) {
    output.accept(ByteBuffer.wrap(buffer, offset, length));
  }

  @Override
  public int getReceiveLimit() {
    return RECEIVE_LIMIT;
  }

  @Override
  public int getSendLimit() {
    return SEND_LIMIT;
  }

  /** Wakes whoever waits; nothing is received any more. */
  @Override
  public void close() {
    closed = true;
    queue.clear();
    if (!queue.offer(END)) {
      throw new AssertionError("an empty queue has room");
    }
  }
}
