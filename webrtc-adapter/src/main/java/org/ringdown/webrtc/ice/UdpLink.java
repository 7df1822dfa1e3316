package org.ringdown.webrtc.ice;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bound UDP socket. What cannot be sent or received is lost, like on the way. Any thread. */
public final class UdpLink implements DatagramLink {
  private static final Logger LOG = LoggerFactory.getLogger(UdpLink.class);

  private final DatagramChannel channel;
  private final InetSocketAddress local;

  private UdpLink(DatagramChannel channel, InetSocketAddress local) {
    this.channel = channel;
    this.local = local;
  }

  /**
   * Takes over a bound channel that does not block.
   *
   * @throws IOException if it is closed already
   */
  public static UdpLink of(DatagramChannel channel) throws IOException {
    return new UdpLink(channel, (InetSocketAddress) channel.getLocalAddress());
  }

  @Override
  public InetSocketAddress local() {
    return local;
  }

  @Override
  public void send(ByteBuffer datagram, InetSocketAddress remote) {
    try {
      channel.send(datagram, remote);
    } catch (IOException | RuntimeException e) {
      // No route, a full queue of the device, a port that is closed.
      LOG.trace("A datagram was not sent: {}", e.toString());
    }
  }

  /** Where the next datagram, which is in the buffer now, came from; null if there is none. */
  public @Nullable InetSocketAddress receive(ByteBuffer into) {
    try {
      return (InetSocketAddress) channel.receive(into);
    } catch (IOException e) {
      LOG.trace("A datagram was not received: {}", e.toString());
      return null;
    }
  }

  /** Closes the socket; does nothing the second time. */
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("Closing a socket: {}", e.toString());
    }
  }

  @Override
  public String toString() {
    return local.toString();
  }
}
