package org.ringdown.webrtc.client;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.InetAddress;
import org.ringdown.webrtc.ice.DatagramLink;
import org.ringdown.webrtc.ice.UdpPort;

/** A client's one socket. Safe from any thread. */
interface Port extends AutoCloseable {
  /** What it sends through. */
  DatagramLink link();

  @Override
  void close();

  /** A port with a thread of its own. */
  static Port alone(InetAddress address, UdpPort.Handler handler) throws IOException {
    UdpPort port = UdpPort.bind(ImmutableList.of(address), 0, 1);
    port.start(handler);
    return new Alone(port);
  }

  /** Makes ports. */
  @FunctionalInterface
  interface Opener {
    /** Binds any free port; the handler hears what comes from now on. */
    Port open(InetAddress address, UdpPort.Handler handler) throws IOException;
  }

  /** See {@link #alone}. */
  record Alone(UdpPort port) implements Port {
    @Override
    public DatagramLink link() {
      return port.links().get(0);
    }

    @Override
    public void close() {
      port.close();
    }
  }
}
