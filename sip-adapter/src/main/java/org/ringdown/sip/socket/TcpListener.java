package org.ringdown.sip.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Accepts TCP connections, as many as there may be. Safe from any thread. */
final class TcpListener extends ServerSocket {
  private final Connections connections;

  TcpListener(InetSocketAddress address, int queued, Connections connections) throws IOException {
    this.connections = connections;
    setReuseAddress(true);
    bind(address, queued);
  }

  @Override
  public Socket accept() throws IOException {
    return Accepting.next(this, this::implAccept, connections, false);
  }
}
