package org.ringdown.sip.rtp;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The ports that phones send their media to, and the threads that read them. RTP is on even ports,
 * RTCP on the odd one behind it (RFC 3550 section 11). Safe from any thread.
 */
public final class RtpPortRange implements AutoCloseable {
  private static final int EPHEMERAL_TRIES = 256;

  private final InetAddress bind;
  private final int firstRtpPort;
  private final int pairs;
  private final ImmutableList<RtpIoThread> threads;
  private final Map<Integer, UdpRtpPort> open = new HashMap<>();
  private int nextThread;
  private boolean closed;

  private RtpPortRange(
      InetAddress bind, int firstRtpPort, int pairs, ImmutableList<RtpIoThread> threads) {
    this.bind = bind;
    this.firstRtpPort = firstRtpPort;
    this.pairs = pairs;
    this.threads = threads;
  }

  /**
   * Starts the threads; ports are bound when they are allocated.
   *
   * @param bind the local address; {@code 0.0.0.0} for all of IPv4, {@code ::} for all of both
   * @param firstPort the lowest port that may be used; 0, with {@code lastPort} 0, takes any pair
   *     that is free
   * @param lastPort the highest port that may be used
   * @param ioThreads how many threads read, at least 1
   * @throws IllegalArgumentException if the range holds no even port followed by an odd one
   * @throws IOException if the address is none of this machine's, or no selector can be opened
   */
  public static RtpPortRange open(InetAddress bind, int firstPort, int lastPort, int ioThreads)
      throws IOException {
    boolean ephemeral = firstPort == 0 && lastPort == 0;
    int firstRtpPort = firstPort + (firstPort & 1);
    int pairs = ephemeral ? 0 : (lastPort - firstRtpPort + 1) / 2;
    if (!ephemeral && (firstPort < 1 || lastPort > 65_535 || pairs < 1)) {
      throw new IllegalArgumentException(
          "RTP ports " + firstPort + "-" + lastPort + " hold no even port followed by an odd one");
    }
    if (ioThreads < 1) {
      throw new IllegalArgumentException("RTP needs at least one thread, not " + ioThreads);
    }
    PortPair.freeRtpPort(bind);
    ImmutableList.Builder<RtpIoThread> threads = ImmutableList.builder();
    for (int i = 0; i < ioThreads; i++) {
      threads.add(RtpIoThread.start("rtp-" + i));
    }
    return new RtpPortRange(bind, firstRtpPort, pairs, threads.build());
  }

  /**
   * Binds a pair of ports, at a random place of the range so that they cannot be guessed.
   *
   * @param receiver hears what arrives, from the moment of this call on
   * @throws IOException if no pair is left; the text says which range is full
   */
  public synchronized RtpPort allocate(RtpPort.Receiver receiver) throws IOException {
    if (closed) {
      throw new IOException("the RTP port range is closed");
    }
    Optional<PortPair> pair = freePair();
    if (pair.isEmpty()) {
      threads.forEach(RtpIoThread::settle);
      pair = freePair();
    }
    return start(pair.orElseThrow(() -> new IOException("no RTP port left: " + usage())), receiver);
  }

  private Optional<PortPair> freePair() throws IOException {
    int tries = pairs == 0 ? EPHEMERAL_TRIES : pairs;
    int start = pairs == 0 ? 0 : ThreadLocalRandom.current().nextInt(pairs);
    for (int i = 0; i < tries; i++) {
      int port = pairs == 0 ? PortPair.freeRtpPort(bind) : firstRtpPort + 2 * ((start + i) % pairs);
      if (!open.containsKey(port)) {
        Optional<PortPair> pair = PortPair.bind(bind, port);
        if (pair.isPresent()) {
          return pair;
        }
      }
    }
    return Optional.empty();
  }

  private RtpPort start(PortPair pair, RtpPort.Receiver receiver) throws IOException {
    RtpIoThread thread = threads.get(nextThread);
    nextThread = (nextThread + 1) % threads.size();
    UdpRtpPort port =
        new UdpRtpPort(
            pair,
            receiver,
            closedPort -> {
              thread.wakeup();
              forget(closedPort);
            });
    open.put(pair.rtpPort(), port);
    try {
      thread.register(pair.rtp(), port.rtpSocket());
      thread.register(pair.rtcp(), port.rtcpSocket());
      thread.wakeup();
    } catch (IOException e) {
      port.close();
      throw e;
    }
    return port;
  }

  private synchronized void forget(UdpRtpPort port) {
    open.remove(port.local().getPort());
  }

  private String usage() {
    return pairs == 0
        ? "the system has no free pair"
        : open.size()
            + " of the "
            + pairs
            + " pairs in "
            + firstRtpPort
            + "-"
            + (firstRtpPort + 2 * pairs - 1)
            + " serve calls, other programs hold the rest";
  }

  /** How many pairs are allocated. */
  public synchronized int inUse() {
    return open.size();
  }

  /** Closes every port and stops the threads. Idempotent. */
  @Override
  public void close() {
    List<UdpRtpPort> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(open.values());
    }
    left.forEach(UdpRtpPort::close);
    threads.forEach(RtpIoThread::close);
  }
}
