package org.ringdown.webrtc.media;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * The one UDP port for all browsers. Tells packets apart by their first byte (RFC 7983), then by
 * ICE user name, then by source address; answers plain STUN binding requests too (RFC 8489), so
 * that the gateway is its own STUN server. Safe from any thread.
 */
public final class PeerTransports implements AutoCloseable {
  private final MediaPort port;

  private PeerTransports(MediaPort port) {
    this.port = port;
  }

  /**
   * Binds the port, makes the certificate and warms the cryptography, so that the first call is as
   * quick as the rest.
   *
   * @throws IOException if the port cannot be bound
   */
  public static PeerTransports open(Config config) throws IOException {
    return new PeerTransports(MediaPort.open(config));
  }

  /**
   * A new path for one browser leg.
   *
   * @throws IllegalStateException after {@link #close}
   */
  public PeerTransport create(PeerTransport.Listener listener) {
    return port.create(listener);
  }

  /** The port that is bound. */
  public InetSocketAddress local() {
    return port.local();
  }

  /** Where browsers are told to send; each answers STUN. At least one. */
  public ImmutableList<InetSocketAddress> offered() {
    return port.offered();
  }

  /** How many paths are open. */
  public int size() {
    return port.size();
  }

  /** How many datagrams were for nobody since the start: strangers, and calls that are over. */
  public long unclaimed() {
    return port.router().unclaimed();
  }

  /** How many entries the routing tables have, for tests of what is left behind. */
  int routes() {
    return port.router().entries();
  }

  /** Closes all paths and the port. Idempotent. */
  @Override
  public void close() {
    port.close();
  }

  /**
   * How the port is set up.
   *
   * @param bind the address to bind; port 0 takes a free one
   * @param advertised the addresses to offer as host candidates; empty for those of the interfaces
   *     (loopback only if {@code bind} is loopback or there is no other)
   * @param ioThreads how many threads receive
   * @param consentTimeout how long without a check or packet before {@link
   *     PeerTransport.State#LOST}
   * @param lostTimeout how long a path may stay so before it has failed for good
   * @param iceTimeout how long to wait for the first check before {@link
   *     PeerTransport.State#ICE_FAILED}, counted from {@link PeerTransport#connect}
   */
  public record Config(
      InetSocketAddress bind,
      ImmutableList<InetAddress> advertised,
      int ioThreads,
      Duration consentTimeout,
      Duration lostTimeout,
      Duration iceTimeout) {}
}
