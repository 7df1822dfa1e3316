package org.ringdown.sip.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import gov.nist.javax.sip.ListeningPointExt;
import gov.nist.javax.sip.message.SIPRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import javax.sip.message.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which requests are too large for UDP (RFC 3261 section 18.1.1), and which servers do not take
 * them by TCP. Safe from any thread.
 */
public final class LargeRequests {
  private static final Logger LOG = LoggerFactory.getLogger(LargeRequests.class);

  private static final int MOST_BY_UDP = 1300;

  /** The Via that a request gets when it is sent. */
  private static final int VIA = 100;

  private final LocalPoints points;
  private final Cache<InetSocketAddress, Boolean> refused =
      CacheBuilder.newBuilder().maximumSize(1000).expireAfterWrite(Duration.ofMinutes(10)).build();

  /** Requests that leave by these sockets. */
  public LargeRequests(LocalPoints points) {
    this.points = points;
  }

  /**
   * Where a request is to go that was meant for there: the same server by TCP if the request is too
   * large for UDP, if that may be and if there is a connection, which is made if need be; else
   * where it was meant to go. Blocks as long as connecting takes.
   */
  public Destination choose(Request request, Destination wanted) {
    if (wanted.transport() != SipTransport.UDP || !wanted.tcpIfLarge() || !isLarge(request)) {
      return wanted;
    }
    Destination tcp = new Destination(wanted.address(), SipTransport.TCP);
    Optional<LocalPoint> from = points.towards(tcp);
    boolean reached =
        from.isPresent()
            && refused.getIfPresent(wanted.address()) == null
            && connects(from.get(), tcp);
    return reached ? tcp : wanted;
  }

  private static boolean isLarge(Request request) {
    return ((SIPRequest) request).encode().getBytes(UTF_8).length + VIA > MOST_BY_UDP;
  }

  /** An empty line may stand before any message (RFC 3261 section 7.5). */
  private boolean connects(LocalPoint from, Destination tcp) {
    InetSocketAddress at = tcp.address();
    try {
      ((ListeningPointExt) from.point())
          .sendHeartbeat(at.getAddress().getHostAddress(), at.getPort());
      return true;
    } catch (IOException e) {
      LOG.debug("no TCP there: what is large goes by UDP");
      refused.put(at, true);
      return false;
    }
  }
}
