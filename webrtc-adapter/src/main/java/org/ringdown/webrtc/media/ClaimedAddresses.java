package org.ringdown.webrtc.media;

import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The source addresses that packets of one transport are known by, the longest known first. A peer
 * that checks from ever new ones gets only so many. Not thread-safe: guarded by its transport.
 */
final class ClaimedAddresses {
  private static final int MAX = 16;

  private final PacketRouter router;
  private final BundledTransport owner;
  private final Set<InetSocketAddress> addresses = new LinkedHashSet<>();

  ClaimedAddresses(PacketRouter router, BundledTransport owner) {
    this.router = router;
    this.owner = owner;
  }

  /**
   * Claims an address that a good check came from; again each time, since another transport may
   * have taken it over during a silence.
   *
   * @param current where packets are sent at present, which is kept
   */
  void claim(InetSocketAddress source, InetSocketAddress current) {
    if (router.claim(source, owner) && addresses.add(source) && addresses.size() > MAX) {
      Optional<InetSocketAddress> oldest =
          addresses.stream().filter(address -> !address.equals(current)).findFirst();
      oldest.ifPresent(
          address -> {
            addresses.remove(address);
            router.release(address, owner);
          });
    }
  }

  /** Gives all of them back. */
  void release() {
    addresses.forEach(address -> router.release(address, owner));
    addresses.clear();
  }
}
