package org.ringdown.sip.socket;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.sip.SipException;
import javax.sip.address.Hop;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.tls.TlsPeer;
import org.ringdown.sip.tls.TlsServer;

/**
 * Who is at the other end of TLS connections. JAIN-SIP knows a connection by address and port only
 * and would use it for anybody there; here a request gets one only if its peer has proved to be who
 * the request is for. Safe from any thread.
 */
final class SecurePeers {
  private static final int MOST = 4096;

  private final TlsServer server;
  private final Cache<InetSocketAddress, TlsPeer> expected =
      CacheBuilder.newBuilder().maximumSize(MOST).build();
  private final ConcurrentMap<InetSocketAddress, SecureSocket> open = new ConcurrentHashMap<>();

  SecurePeers(TlsServer server) {
    this.server = server;
  }

  /**
   * A request is about to go there.
   *
   * @throws SipException if it must not, because nobody or somebody else is there
   */
  void claim(Hop hop) throws SipException {
    InetSocketAddress at = address(hop);
    SecureSocket standing = open.get(at);
    TlsPeer peer = peer(hop);
    if (peer == null) {
      if (standing == null && expected.getIfPresent(at) == null) {
        throw new SipException("the connection of that phone is gone");
      }
    } else if (standing != null && !standing.serves(peer)) {
      throw new SipException("the server there has not proved to be " + peer.domain());
    } else {
      expected.put(at, peer);
    }
  }

  /**
   * A connection has just been made to send a request. Two requests for two peers at one address
   * may have been claimed at once: it is closed if it was made for the other.
   *
   * @throws SecurityException if the request must not be sent by it
   */
  void confirm(@Nullable Object attachedHop) {
    if (attachedHop instanceof SecureHop hop && hop.peer() != null) {
      SecureSocket standing = open.get(address(hop));
      if (standing != null && !standing.serves(hop.peer())) {
        standing.drop();
        throw new SecurityException("the server there has not proved to be the one meant");
      }
    }
  }

  private static @Nullable TlsPeer peer(Hop hop) {
    return hop instanceof SecureHop secure ? secure.peer() : null;
  }

  private static InetSocketAddress address(Hop hop) {
    return new InetSocketAddress(InetAddresses.forString(hop.getHost()), hop.getPort());
  }

  /** Who must be there; where nobody said, whoever is certified for the address itself. */
  TlsPeer expectedAt(InetSocketAddress at) {
    TlsPeer known = expected.getIfPresent(at);
    return known == null
        ? new TlsPeer(
            InetAddresses.toUriString(at.getAddress()), true, server.trust(), server.own())
        : known;
  }

  void opened(InetSocketAddress remote, SecureSocket socket) {
    open.put(remote, socket);
  }

  void closed(InetSocketAddress remote, SecureSocket socket) {
    open.remove(remote, socket);
  }
}
