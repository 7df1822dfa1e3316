package org.ringdown.webrtc.ice;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A link that leads nowhere. */
final class FakeLink implements DatagramLink {
  @Override
  public InetSocketAddress local() {
    return new InetSocketAddress("192.0.2.100", 40_000);
  }

  @Override
  public void send(ByteBuffer datagram, InetSocketAddress remote) {}
}
