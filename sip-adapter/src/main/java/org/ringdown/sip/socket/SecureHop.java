package org.ringdown.sip.socket;

import javax.sip.address.Hop;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.tls.TlsPeer;

/** A hop by TLS, and who must be there. Immutable, safe from any thread. */
public final class SecureHop implements Hop {
  private final String address;
  private final int port;
  private final @Nullable TlsPeer peer;

  /**
   * A hop.
   *
   * @param address an IP address
   * @param peer who must be there; null: only a connection that stands already will do
   */
  public SecureHop(String address, int port, @Nullable TlsPeer peer) {
    this.address = address;
    this.port = port;
    this.peer = peer;
  }

  @Nullable TlsPeer peer() {
    return peer;
  }

  @Override
  public String getHost() {
    return address;
  }

  @Override
  public int getPort() {
    return port;
  }

  @Override
  public String getTransport() {
    return "TLS";
  }

  @Override
  public String toString() {
    return address + ":" + port + "/TLS";
  }
}
