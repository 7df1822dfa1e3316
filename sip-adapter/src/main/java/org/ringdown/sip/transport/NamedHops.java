package org.ringdown.sip.transport;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
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
   * @param found is told where the URI leads, on any thread, once; not at all where nobody knows
   */
  public void find(SipURI uri, ImmutableSet<Service> spoken, Consumer<Destination> found) {
    if (uri.isSecure()) {
      return;
    }
    var unused =
        locator
            .locate(address(uri), spoken)
            .whenComplete(
                (servers, problem) -> {
                  if (problem == null) {
                    first(servers, spoken).forEach(found);
                  } else {
                    LOG.debug("nobody knows where a route leads: {}", problem.getMessage());
                  }
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

  private static ImmutableList<Destination> first(
      ImmutableList<SipServer> servers, ImmutableSet<Service> spoken) {
    return ORDER.of(servers, ThreadLocalRandom.current()::nextInt).stream()
        .filter(server -> spoken.contains(server.service()))
        .limit(1)
        .map(
            server ->
                new Destination(
                    new InetSocketAddress(server.addresses().get(0), server.port()),
                    SipTransport.valueOf(server.service().name())))
        .collect(ImmutableList.toImmutableList());
  }
}
