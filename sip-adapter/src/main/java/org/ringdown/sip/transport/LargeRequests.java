package org.ringdown.sip.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import gov.nist.javax.sip.message.SIPRequest;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import javax.sip.message.Request;

/**
 * Which requests are too large for UDP (RFC 3261 section 18.1.1), and which servers do not take
 * them by TCP. Safe from any thread.
 */
public final class LargeRequests {
  private static final int MOST_BY_UDP = 1300;

  /** The Via that a request gets when it is sent. */
  private static final int VIA = 100;

  private final Cache<InetSocketAddress, Boolean> refused =
      CacheBuilder.newBuilder().maximumSize(1000).expireAfterWrite(Duration.ofMinutes(10)).build();

  /** The same server by TCP, if the request should rather go there. */
  public Optional<Destination> byTcp(Request request, Destination wanted) {
    boolean large = ((SIPRequest) request).encode().getBytes(UTF_8).length + VIA > MOST_BY_UDP;
    boolean mayChange = wanted.tcpIfLarge() && wanted.transport() == SipTransport.UDP;
    return large && mayChange && refused.getIfPresent(wanted.address()) == null
        ? Optional.of(new Destination(wanted.address(), SipTransport.TCP))
        : Optional.empty();
  }

  /** That server could not be reached by TCP: it is not tried again for a while. */
  public void refused(Destination server) {
    refused.put(server.address(), true);
  }
}
