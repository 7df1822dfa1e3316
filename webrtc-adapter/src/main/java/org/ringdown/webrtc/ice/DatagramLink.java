package org.ringdown.webrtc.ice;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** One local address that datagrams come to and leave from. Safe from any thread. */
public interface DatagramLink {
  /** The local address and port. */
  InetSocketAddress local();

  /**
   * Sends what is between the buffer's position and limit, or drops it: like the network, it never
   * blocks and never fails aloud.
   */
  void send(ByteBuffer datagram, InetSocketAddress remote);
}
