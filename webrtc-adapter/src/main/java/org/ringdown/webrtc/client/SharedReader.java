package org.ringdown.webrtc.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.ringdown.webrtc.ice.DatagramLink;
import org.ringdown.webrtc.ice.UdpLink;
import org.ringdown.webrtc.ice.UdpPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that reads the sockets of many clients. Safe from any thread. */
final class SharedReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SharedReader.class);
  private static final int MAX_DATAGRAM_BYTES = 2_048;
  private static final int SPARE_BYTES = 64;
  private static final int BURST = 16;

  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocate(MAX_DATAGRAM_BYTES + SPARE_BYTES);

  private SharedReader(Selector selector) {
    this.selector = selector;
  }

  static SharedReader start(String name) throws IOException {
    SharedReader reader = new SharedReader(Selector.open());
    Thread thread = new Thread(reader::read, name);
    thread.setDaemon(true);
    thread.start();
    return reader;
  }

  /** A socket on any free port, read from now on. */
  Port open(InetAddress address, UdpPort.Handler handler) throws IOException {
    boolean four = address.getAddress().length == 4;
    DatagramChannel channel =
        DatagramChannel.open(four ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
    try {
      channel.configureBlocking(false);
      channel.bind(new InetSocketAddress(address, 0));
      Socket socket = new Socket(UdpLink.of(channel), handler);
      channel.register(selector, SelectionKey.OP_READ, socket);
      selector.wakeup();
      return socket;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private void read() {
    while (selector.isOpen()) {
      try {
        selector.select(this::readBurst);
      } catch (ClosedSelectorException | CancelledKeyException e) {
        LOG.trace("A socket is being closed");
      } catch (IOException | RuntimeException e) {
        LOG.warn("A packet could not be read: {}", e.toString());
      }
    }
  }

  private void readBurst(SelectionKey key) {
    Socket socket = (Socket) key.attachment();
    for (int i = 0; i < BURST; i++) {
      buffer.clear().limit(MAX_DATAGRAM_BYTES);
      InetSocketAddress source = socket.link.receive(buffer);
      if (source == null) {
        return;
      }
      socket.handler.onDatagram(buffer.flip(), source, socket.link);
    }
  }

  @Override
  public void close() {
    try {
      selector.close();
    } catch (IOException e) {
      LOG.debug("Closing a selector: {}", e.toString());
    }
  }

  /** One client's. Closing deregisters it at the thread's next turn. */
  private final class Socket implements Port {
    private final UdpLink link;
    private final UdpPort.Handler handler;

    Socket(UdpLink link, UdpPort.Handler handler) {
      this.link = link;
      this.handler = handler;
    }

    @Override
    public DatagramLink link() {
      return link;
    }

    @Override
    public void close() {
      link.close();
      selector.wakeup();
    }
  }
}
