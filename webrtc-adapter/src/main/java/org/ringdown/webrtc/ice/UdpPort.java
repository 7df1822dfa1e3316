package org.ringdown.webrtc.ice;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One UDP port number on one or more local addresses, read by a fixed number of threads. Where the
 * platform has SO_REUSEPORT each thread has sockets of its own, and the kernel keeps every flow
 * with one of them; elsewhere one thread reads. The sockets do not block: a sender is never held up
 * by a full socket buffer, and a sender that is interrupted cannot close the port for all (as it
 * would with a blocking channel). Safe from any thread.
 */
public final class UdpPort implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UdpPort.class);
  private static final int SOCKET_BUFFER_BYTES = 4 << 20;
  private static final int FREE_PORT_ATTEMPTS = 20;

  private final ImmutableList<InetAddress> addresses;
  private final int port;
  private final ImmutableList<UdpReader> readers;

  private UdpPort(ImmutableList<InetAddress> addresses, int port, List<UdpReader> readers) {
    this.addresses = addresses;
    this.port = port;
    this.readers = ImmutableList.copyOf(readers);
  }

  /**
   * Binds the port on each address; nothing is read until {@link #start}. An IPv6 address that
   * cannot be had is left out as long as another address can.
   *
   * @param port 0 takes one that is free on all the addresses
   * @param threads how many threads read
   * @throws IOException if the port cannot be bound; nothing stays open then
   */
  public static UdpPort bind(List<InetAddress> addresses, int port, int threads)
      throws IOException {
    if (addresses.isEmpty()) {
      throw new IOException("there is no local address to bind");
    }
    for (int attempt = 1; ; attempt++) {
      int candidate = port != 0 ? port : freePort(addresses.get(0));
      try {
        return bindAll(addresses, candidate, threads);
      } catch (IOException e) {
        if (port != 0 || attempt == FREE_PORT_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static int freePort(InetAddress address) throws IOException {
    try (DatagramChannel probe = open(address)) {
      probe.bind(new InetSocketAddress(address, 0));
      return ((InetSocketAddress) probe.getLocalAddress()).getPort();
    }
  }

  private static UdpPort bindAll(List<InetAddress> addresses, int port, int threads)
      throws IOException {
    ImmutableList<InetAddress> free = requireFree(addresses, port);
    List<UdpReader> readers = new ArrayList<>();
    try {
      boolean shared = threads > 1 && supportsReusePort(free.get(0));
      for (int i = 0; i < (shared ? threads : 1); i++) {
        UdpReader reader = new UdpReader("ringdown-media-" + i);
        readers.add(reader);
        for (InetAddress address : free) {
          reader.add(channel(new InetSocketAddress(address, port), shared));
        }
      }
      return new UdpPort(free, port, readers);
    } catch (IOException e) {
      readers.forEach(UdpReader::close);
      throw e;
    }
  }

  /**
   * SO_REUSEPORT would let a second gateway of the same user share the port and steal half of the
   * packets, so that it is first bound without.
   */
  private static ImmutableList<InetAddress> requireFree(List<InetAddress> addresses, int port)
      throws IOException {
    ImmutableList.Builder<InetAddress> free = ImmutableList.builder();
    boolean first = true;
    for (InetAddress address : addresses) {
      try (DatagramChannel probe = open(address)) {
        probe.bind(new InetSocketAddress(address, port));
        free.add(address);
        first = false;
      } catch (IOException e) {
        if (first || address instanceof Inet4Address) {
          throw new IOException(
              "UDP " + address.getHostAddress() + ":" + port + ": " + e.getMessage(), e);
        }
        LOG.warn("No media on {}: {}", address.getHostAddress(), e.getMessage());
      }
    }
    return free.build();
  }

  private static boolean supportsReusePort(InetAddress address) throws IOException {
    try (DatagramChannel probe = open(address)) {
      return probe.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
    }
  }

  private static DatagramChannel open(InetAddress address) throws IOException {
    return DatagramChannel.open(
        address instanceof Inet4Address
            ? StandardProtocolFamily.INET
            : StandardProtocolFamily.INET6);
  }

  private static DatagramChannel channel(InetSocketAddress local, boolean shared)
      throws IOException {
    DatagramChannel channel = open(local.getAddress());
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
      channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
      if (shared) {
        channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      return channel.bind(local);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Begins to read. */
  public void start(Handler handler) {
    readers.forEach(reader -> reader.start(handler));
  }

  /** The addresses that are bound. */
  public ImmutableList<InetAddress> addresses() {
    return addresses;
  }

  /**
   * The sockets, for whoever speaks first: those of the first thread, in the order of addresses.
   */
  public ImmutableList<DatagramLink> links() {
    return readers.get(0).links();
  }

  /** The port that is bound. */
  public int port() {
    return port;
  }

  /** Closes the sockets; the threads end. */
  @Override
  public void close() {
    readers.forEach(UdpReader::close);
  }

  /** Takes what comes in, on one of the reading threads. */
  @FunctionalInterface
  public interface Handler {
    /**
     * One datagram. Must not block.
     *
     * @param datagram an array-backed buffer that is used again afterwards, with at least 64 bytes
     *     of room behind its limit
     * @param source where it came from
     * @param link what it came to, and is to be answered through
     */
    void onDatagram(ByteBuffer datagram, InetSocketAddress source, DatagramLink link);
  }
}
