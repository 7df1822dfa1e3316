package org.ringdown.sip.transport;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import javax.sip.address.SipURI;
import org.ringdown.sip.dns.Service;
import org.ringdown.sip.dns.SipAddress;
import org.ringdown.sip.dns.SipLocator;
import org.ringdown.sip.dns.SipServer;
import org.ringdown.sip.dns.WeightedOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a URI leads that names a host and no address (RFC 3263): asked in the background, never
 * waited for. Safe from any thread.
 */
public final class NamedHops {
  private static final Logger LOG = LoggerFactory.getLogger(NamedHops.class);

  private static final WeightedOrder<SipServer> ORDER =
      new WeightedOrder<>(SipServer::priority, SipServer::weight);

  private final SipLocator locator;

  /** Names that this locator knows. */
  public NamedHops(SipLocator locator) {
    this.locator = locator;
  }

  /**
   * Looks a name up.
   *
   * @param spoken the transports to choose from, not empty; TLS is none of them, because nobody has
   *     said who has to be there
   * @return where the URI leads, empty if nobody knows; never fails
   */
  public CompletableFuture<Optional<Destination>> find(SipURI uri, ImmutableSet<Service> spoken) {
    if (uri.isSecure()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return locator
        .locate(address(uri), spoken)
        .handle(
            (servers, problem) -> {
              if (problem == null) {
                return first(servers, spoken);
              }
              LOG.debug("nobody knows where a name leads: {}", problem.getMessage());
              return Optional.empty();
            });
  }

  private static SipAddress address(SipURI uri) {
    String host = uri.getMAddrParam() == null ? uri.getHost() : uri.getMAddrParam();
    String named = uri.getTransportParam();
    Service transport =
        Arrays.stream(Service.values())
            .filter(service -> service.name().equalsIgnoreCase(named))
            .findFirst()
            .orElse(null);
    return new SipAddress(host, Math.max(0, uri.getPort()), transport, false);
  }

  private static Optional<Destination> first(
      ImmutableList<SipServer> servers, ImmutableSet<Service> spoken) {
    return ORDER.of(servers, ThreadLocalRandom.current()::nextInt).stream()
        .filter(server -> spoken.contains(server.service()))
        .findFirst()
        .map(
            server ->
                new Destination(
                    new InetSocketAddress(server.addresses().get(0), server.port()),
                    SipTransport.valueOf(server.service().name())));
  }
}
