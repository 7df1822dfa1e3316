package org.ringdown.sip.transport;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import javax.sip.SipProvider;

/** All sockets we listen on, and which of them fits a destination. Safe from any thread. */
public final class LocalPoints {
  private final ImmutableList<LocalPoint> points;

  /** All that are open. */
  public LocalPoints(ImmutableList<LocalPoint> points) {
    this.points = points;
  }

  /** All of them, in the order of the configuration. */
  public ImmutableList<LocalPoint> all() {
    return points;
  }

  /** The socket of this provider with this transport. */
  public Optional<LocalPoint> of(SipProvider provider, SipTransport transport) {
    return points.stream()
        .filter(p -> p.provider() == provider && p.transport() == transport)
        .findFirst();
  }

  /**
   * The socket to send to a destination from: the one bound to the address the system itself would
   * use, else one of the same address family, else none.
   */
  public Optional<LocalPoint> towards(Destination destination) {
    InetAddress remote = destination.address().getAddress();
    ImmutableList<LocalPoint> candidates =
        points.stream()
            .filter(p -> p.transport() == destination.transport())
            .filter(p -> p.address().getAddress().getClass() == remote.getClass())
            .collect(ImmutableList.toImmutableList());
    if (candidates.size() <= 1) {
      return candidates.stream().findFirst();
    }
    Optional<InetAddress> chosen = systemsChoice(destination.address());
    return candidates.stream()
        .filter(p -> chosen.isPresent() && p.address().getAddress().equals(chosen.get()))
        .findFirst()
        .or(() -> Optional.of(candidates.get(0)));
  }

  /** Connecting a datagram socket sends nothing, but makes the system choose a local address. */
  private static Optional<InetAddress> systemsChoice(InetSocketAddress remote) {
    try (DatagramSocket probe = new DatagramSocket()) {
      probe.connect(remote);
      return Optional.of(probe.getLocalAddress());
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
