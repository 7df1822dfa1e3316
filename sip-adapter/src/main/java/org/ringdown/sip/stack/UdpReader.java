package org.ringdown.sip.stack;

import gov.nist.core.HostPort;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.stack.DatagramQueuedMessageDispatch;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import gov.nist.javax.sip.stack.UDPMessageChannel;
import gov.nist.javax.sip.stack.UDPMessageProcessor;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.log.StackLog;
import org.ringdown.sip.work.Workers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one UDP socket, where JAIN-SIP has a thread that reads, a queue without bound, and a thread
 * that parses. Here one thread reads and parses, so that the messages of a dialog stay in order,
 * and then does itself what a message has led to. If it has not had to wait for the next message it
 * leaves that to the workers, who are several. And if it is about to wait for a peer another thread
 * reads on.
 */
final class UdpReader extends UDPMessageProcessor {
  private static final Logger LOG = LoggerFactory.getLogger(UdpReader.class);
  private static final int MOST_READERS = 32;
  private static final long NO_WAIT_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

  private final SIPTransactionStack stack;
  private final Workers workers;
  private final Semaphore baton = new Semaphore(1);
  private final byte[] buffer;
  private volatile @Nullable Thread reader;
  private volatile boolean running;
  private final AtomicInteger readers = new AtomicInteger();
  private volatile boolean hurried;

  UdpReader(InetAddress address, int port, int maxBytes, SIPTransactionStack stack, Workers workers)
      throws IOException {
    super(address, stack, port);
    this.stack = stack;
    this.workers = workers;
    this.buffer = new byte[maxBytes];
    messageQueue = new Arrivals();
  }

  @Override
  public void start() {
    isRunning = true;
    running = true;
    beginReader();
  }

  private void beginReader() {
    readers.incrementAndGet();
    new Channel();
  }

  @Override
  public void run() {
    throw new AssertionError("its channels read");
  }

  @Override
  public void stop() {
    isRunning = false;
    running = false;
    sock.close();
    baton.release(readers.get());
  }

  /** Asks to be answered where a request came from, which a NAT may have changed (RFC 3581). */
  @Override
  public Via getViaHeader() {
    Via via = super.getViaHeader();
    via.setRPort();
    return via;
  }

  @Override
  public boolean inUse() {
    return false;
  }

  @Override
  public MessageChannel createMessageChannel(HostPort to) throws UnknownHostException {
    return new Channel(to.getInetAddress(), to.getPort());
  }

  @Override
  public MessageChannel createMessageChannel(InetAddress to, int port) {
    return new Channel(to, port);
  }

  /** What JAIN-SIP takes for a queue of datagrams. */
  private final class Arrivals extends LinkedBlockingQueue<DatagramQueuedMessageDispatch> {
    private static final long serialVersionUID = 1;

    /** The next datagram, once this thread has done what the one before has led to. */
    @Override
    public DatagramQueuedMessageDispatch take() throws InterruptedException {
      if (hurried || readers.get() >= MOST_READERS) {
        workers.leave();
      } else {
        workers.finish();
      }
      if (reader != Thread.currentThread()) {
        baton.acquire();
        reader = Thread.currentThread();
      }
      DatagramPacket packet = receive();
      workers.begin(UdpReader.this::letAnotherRead);
      return new DatagramQueuedMessageDispatch(packet, System.currentTimeMillis());
    }
  }

  private DatagramPacket receive() throws InterruptedException {
    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
    while (running) {
      long from = System.nanoTime();
      try {
        sock.receive(packet);
        hurried = System.nanoTime() - from < NO_WAIT_NANOS;
        return packet;
      } catch (IOException e) {
        StackLog.debug("a datagram cannot be received", e);
      }
    }
    throw new InterruptedException("closed");
  }

  /** Called by the thread that has read, when it is about to wait for a peer. */
  private void letAnotherRead() {
    boolean another = baton.hasQueuedThreads();
    if (!another) {
      beginReader();
    }
    reader = null;
    baton.release();
  }

  /** JAIN-SIP survives exceptions only. */
  private void lost() {
    workers.leave();
    if (running) {
      LOG.error("a thread that reads SIP over UDP broke; another takes its place");
      beginReader();
      if (reader == Thread.currentThread()) {
        reader = null;
        baton.release();
      }
    }
  }

  /** A thread that reads, or the way to one peer. */
  private final class Channel extends UDPMessageChannel {
    /** Begins to read. */
    Channel() {
      super(stack, UdpReader.this, "sip-udp");
    }

    Channel(InetAddress to, int port) {
      super(to, port, stack, UdpReader.this);
    }

    @Override
    public void run() {
      try {
        super.run();
      } finally {
        lost();
      }
    }

    @Override
    protected void sendMessage(byte[] message, InetAddress to, int port, boolean again)
        throws IOException {
      if (port < 0) {
        throw new IOException("no port to send to");
      }
      sock.send(new DatagramPacket(message, message.length, to, port));
    }

    @Override
    protected void sendMessage(
        byte[] message, InetAddress to, int port, String protocol, boolean again)
        throws IOException {
      sendMessage(message, to, port, again);
    }
  }
}
