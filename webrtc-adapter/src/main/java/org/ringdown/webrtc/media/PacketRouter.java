package org.ringdown.webrtc.media;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.ringdown.webrtc.ice.DatagramLink;
import org.ringdown.webrtc.ice.MalformedStunException;
import org.ringdown.webrtc.ice.Path;
import org.ringdown.webrtc.ice.StunMessage;
import org.ringdown.webrtc.ice.StunServer;
import org.ringdown.webrtc.ice.UdpPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the transport that a datagram is for: by its first byte (RFC 7983) it is STUN, DTLS or
 * media; STUN names its transport in USERNAME, all else is known by the source address that an
 * authenticated check came from. What belongs to nobody is dropped and counted. Safe from any
 * thread.
 */
final class PacketRouter implements UdpPort.Handler {
  private static final Logger LOG = LoggerFactory.getLogger(PacketRouter.class);

  private final ConcurrentMap<String, BundledTransport> byUfrag = new ConcurrentHashMap<>();
  private final ConcurrentMap<InetSocketAddress, BundledTransport> byAddress =
      new ConcurrentHashMap<>();
  private final StunServer stunServer;
  private final LongAdder unclaimed = new LongAdder();

  PacketRouter(StunServer stunServer) {
    this.stunServer = stunServer;
  }

  @Override
  public void onDatagram(ByteBuffer datagram, InetSocketAddress source, DatagramLink link) {
    int first = datagram.hasRemaining() ? datagram.get(datagram.position()) & 0xFF : -1;
    if (first >= 0 && first <= 3) {
      onStun(datagram, new Path(link, source));
      return;
    }
    BundledTransport transport = byAddress.get(source);
    if (transport == null) {
      unclaimed.increment();
    } else if (first >= 128 && first <= 191) {
      transport.onMedia(datagram);
    } else if (first >= 20 && first <= 63) {
      transport.onDtls(datagram);
    }
  }

  private void onStun(ByteBuffer datagram, Path path) {
    try {
      StunMessage message = StunMessage.parse(datagram);
      if (message.isRequest()) {
        onRequest(message, path);
      }
      // Indications keep a NAT open and want nothing; responses we never asked for.
    } catch (MalformedStunException e) {
      unclaimed.increment();
      LOG.trace("Dropped: {}", e.getMessage());
    }
  }

  private void onRequest(StunMessage request, Path path) {
    String username = request.username().orElse("");
    if (username.isEmpty()) {
      stunServer.answer(request, path).ifPresent(path::send);
      return;
    }
    int colon = username.indexOf(':');
    BundledTransport transport = byUfrag.get(colon < 0 ? username : username.substring(0, colon));
    if (transport == null) {
      // Of a call that is over, most likely; an answer would only help those who scan.
      unclaimed.increment();
    } else {
      transport.onCheck(request, path);
    }
  }

  /** From now on checks with this user fragment are for the transport. */
  void serve(String ufrag, BundledTransport transport) {
    byUfrag.put(ufrag, transport);
  }

  /** No longer. */
  void retire(String ufrag) {
    byUfrag.remove(ufrag);
  }

  /**
   * From now on packets from this address are for the transport, unless they are for another one
   * that is alive: a peer that forges its source must not cut off the one that really is there.
   *
   * @return whether the address is the transport's
   */
  boolean claim(InetSocketAddress source, BundledTransport transport) {
    return byAddress.compute(source, (key, owner) -> owner(owner, transport)) == transport;
  }

  private static BundledTransport owner(
      @Nullable BundledTransport owner, BundledTransport claimant) {
    return owner != null && owner != claimant && owner.alive() ? owner : claimant;
  }

  /** No longer. */
  void release(InetSocketAddress source, BundledTransport transport) {
    byAddress.remove(source, transport);
  }

  /** How many datagrams were for nobody. */
  long unclaimed() {
    return unclaimed.sum();
  }

  /** How many entries the tables have. */
  int entries() {
    return byUfrag.size() + byAddress.size();
  }
}
