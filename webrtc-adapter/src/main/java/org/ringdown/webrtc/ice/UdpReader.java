package org.ringdown.webrtc.ice;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that reads one socket per local address. */
final class UdpReader {
  /** The room behind a packet for whoever protects it in place. */
  private static final int SPARE_BYTES = 64;

  private static final Logger LOG = LoggerFactory.getLogger(UdpReader.class);
  // Nothing of ICE, DTLS and RTP that fits an Ethernet frame is longer.
  private static final int MAX_DATAGRAM_BYTES = 2_048;
  // How much one busy socket may read before the others get their turn.
  private static final int BURST = 64;

  private final Selector selector;
  private final List<UdpLink> links = new ArrayList<>();
  private final Thread thread;
  // On the heap, because packets are decrypted in place by ciphers that want arrays.
  private final ByteBuffer buffer = ByteBuffer.allocate(MAX_DATAGRAM_BYTES + SPARE_BYTES);
  // Off it, or the channel would look for a buffer of its own for each packet.
  private final ByteBuffer arrival = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
  private volatile UdpPort.@Nullable Handler handler;

  UdpReader(String name) throws IOException {
    selector = Selector.open();
    thread = new Thread(this::read, name);
    thread.setDaemon(true);
  }

  /** Takes over a bound channel. */
  void add(DatagramChannel channel) throws IOException {
    UdpLink link = UdpLink.of(channel);
    links.add(link);
    channel.register(selector, SelectionKey.OP_READ, link);
  }

  ImmutableList<DatagramLink> links() {
    return ImmutableList.copyOf(links);
  }

  void start(UdpPort.Handler consumer) {
    handler = consumer;
    thread.start();
  }

  void close() {
    links.forEach(UdpLink::close);
    try {
      selector.close();
    } catch (IOException e) {
      LOG.debug("Closing a selector: {}", e.toString());
    }
  }

  private void read() {
    while (selector.isOpen()) {
      try {
        selector.select(this::readBurst);
      } catch (ClosedSelectorException | CancelledKeyException e) {
        LOG.debug("The port is being closed");
      } catch (IOException e) {
        LOG.warn("Reading the media port failed: {}", e.toString());
      } catch (RuntimeException e) {
        // A bug, but it must cost one packet and not everybody's media.
        LOG.error("A packet could not be handled", e);
      }
    }
  }

  private void readBurst(SelectionKey key) {
    UdpLink link = (UdpLink) key.attachment();
    for (int i = 0; i < BURST; i++) {
      InetSocketAddress source = link.receive(arrival.clear());
      if (source == null) {
        return;
      }
      UdpPort.Handler consumer = handler;
      if (consumer != null) {
        consumer.onDatagram(buffer.clear().put(arrival.flip()).flip(), source, link);
      }
    }
  }
}
