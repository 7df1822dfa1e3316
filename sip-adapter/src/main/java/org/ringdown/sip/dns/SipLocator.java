package org.ringdown.sip.dns;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Type;

/**
 * Finds the servers that a SIP URI leads to (RFC 3263 section 4). A numeric host needs no DNS; a
 * name with a port needs its addresses only; for a name alone NAPTR tells the transport, SRV the
 * servers, and where there are neither the name's own addresses serve. Never blocks; safe from any
 * thread.
 */
public final class SipLocator {
  private static final int NO_PRIORITY = 0;

  private final Lookups lookups;

  /** A locator that asks these servers. */
  public SipLocator(DnsConfig config) {
    this.lookups = new Lookups(config);
  }

  /**
   * The servers, in no order yet: {@link WeightedOrder} tells which to try first. Fails with a
   * {@link DnsException} if there is none, or nobody can say.
   *
   * @param spoken the transports to choose from where the URI leaves it open, the preferred first;
   *     never empty
   */
  public CompletableFuture<ImmutableList<SipServer>> locate(
      SipAddress address, ImmutableSet<Service> spoken) {
    Optional<SipServer> numeric = numeric(address, spoken);
    if (numeric.isPresent()) {
      return CompletableFuture.completedFuture(ImmutableList.of(numeric.get()));
    }
    ImmutableSet<Service> allowed = allowed(address, spoken);
    CompletableFuture<ImmutableList<SipServer>> found =
        address.port() > 0
            ? hosts(address, plain(address, spoken))
            : address.transport() == null && allowed.size() > 1
                ? byNaptr(address, allowed, spoken)
                : bySrv(address, allowed, spoken);
    return found.thenCompose(servers -> existing(address, servers));
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** The server of a numeric host, for which nobody has to be asked; empty for a name. */
  public static Optional<SipServer> numeric(SipAddress address, ImmutableSet<Service> spoken) {
    if (!InetAddresses.isInetAddress(bare(address.host()))) {
      return Optional.empty();
    }
    Service service = plain(address, spoken);
    int port = address.port() > 0 ? address.port() : service.port();
    InetAddress host = InetAddresses.forString(bare(address.host()));
    String shown = InetAddresses.toUriString(host);
    return Optional.of(new SipServer(shown, port, service, NO_PRIORITY, 0, ImmutableList.of(host)));
  }

  /** The transport where DNS is not asked for it: as the URI says, else TLS for SIPS, else UDP. */
  private static Service plain(SipAddress address, ImmutableSet<Service> spoken) {
    if (address.secure()) {
      return Service.TLS;
    }
    if (address.transport() != null) {
      return address.transport();
    }
    return spoken.contains(Service.UDP) ? Service.UDP : spoken.asList().get(0);
  }

  private static ImmutableSet<Service> allowed(SipAddress address, ImmutableSet<Service> spoken) {
    if (address.secure()) {
      return ImmutableSet.of(Service.TLS);
    }
    Service transport = address.transport();
    return transport == null ? spoken : ImmutableSet.of(transport);
  }

  /** The best NAPTR record of a service we speak whose servers exist; without any, SRV at once. */
  private CompletableFuture<ImmutableList<SipServer>> byNaptr(
      SipAddress address, ImmutableSet<Service> allowed, ImmutableSet<Service> spoken) {
    return lookups
        .records(address.host(), Type.NAPTR)
        .thenCompose(records -> firstOf(services(records, allowed)))
        .thenCompose(
            found ->
                found.isOffered()
                    ? CompletableFuture.completedFuture(found.servers())
                    : bySrv(address, allowed, spoken));
  }

  /** The name of SRV records, and what they are about. */
  private record Offer(String srvName, Service service) {}

  private static ImmutableList<Offer> services(List<Record> records, ImmutableSet<Service> spoken) {
    return records.stream()
        .filter(NAPTRRecord.class::isInstance)
        .map(NAPTRRecord.class::cast)
        .filter(naptr -> naptr.getFlags().equalsIgnoreCase("s"))
        .sorted(
            Comparator.comparingInt(NAPTRRecord::getOrder)
                .thenComparingInt(NAPTRRecord::getPreference))
        .flatMap(
            naptr ->
                Service.ofNaptr(naptr.getService()).stream()
                    .filter(spoken::contains)
                    .map(service -> new Offer(naptr.getReplacement().toString(true), service)))
        .collect(toImmutableList());
  }

  private CompletableFuture<ImmutableList<SipServer>> bySrv(
      SipAddress address, ImmutableSet<Service> allowed, ImmutableSet<Service> spoken) {
    ImmutableList<Offer> offers =
        allowed.stream()
            .map(service -> new Offer(service.srvName(address.host()), service))
            .collect(toImmutableList());
    return firstOf(offers)
        .thenCompose(
            found ->
                found.isOffered()
                    ? CompletableFuture.completedFuture(found.servers())
                    : hosts(address, plain(address, spoken)));
  }

  /**
   * What SRV records tell.
   *
   * @param isOffered whether there are any: one without a target says that there is no such service
   */
  private record Found(boolean isOffered, ImmutableList<SipServer> servers) {
    static final Found NOTHING = new Found(false, ImmutableList.of());
  }

  /** The servers of the first offer that has any. */
  private CompletableFuture<Found> firstOf(ImmutableList<Offer> offers) {
    if (offers.isEmpty()) {
      return CompletableFuture.completedFuture(Found.NOTHING);
    }
    return servers(offers.get(0))
        .thenCompose(
            found ->
                found.servers().isEmpty()
                    ? firstOf(offers.subList(1, offers.size()))
                        .thenApply(
                            next ->
                                new Found(found.isOffered() || next.isOffered(), next.servers()))
                    : CompletableFuture.completedFuture(found));
  }

  private CompletableFuture<Found> servers(Offer offer) {
    return lookups
        .records(offer.srvName(), Type.SRV)
        .thenCompose(
            records ->
                all(records.stream()
                        .filter(SRVRecord.class::isInstance)
                        .map(SRVRecord.class::cast)
                        .filter(srv -> !srv.getTarget().equals(Name.root))
                        .map(srv -> server(srv, offer.service()))
                        .toList())
                    .thenApply(servers -> new Found(!records.isEmpty(), servers)));
  }

  private CompletableFuture<List<SipServer>> server(SRVRecord srv, Service service) {
    String host = srv.getTarget().toString(true);
    return lookups
        .addresses(host)
        .thenApply(
            found ->
                server(host, srv.getPort(), service, srv.getPriority(), srv.getWeight(), found))
        .exceptionally(failure -> List.of());
  }

  private CompletableFuture<ImmutableList<SipServer>> hosts(SipAddress address, Service service) {
    int port = address.port() > 0 ? address.port() : service.port();
    return lookups
        .addresses(address.host())
        .thenApply(
            found ->
                ImmutableList.copyOf(server(address.host(), port, service, NO_PRIORITY, 0, found)));
  }

  private static List<SipServer> server(
      String host,
      int port,
      Service service,
      int priority,
      int weight,
      List<InetAddress> addresses) {
    return addresses.isEmpty()
        ? List.of()
        : List.of(
            new SipServer(host, port, service, priority, weight, ImmutableList.copyOf(addresses)));
  }

  private static CompletableFuture<ImmutableList<SipServer>> all(
      List<CompletableFuture<List<SipServer>>> parts) {
    return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
        .thenApply(
            done ->
                parts.stream()
                    .map(CompletableFuture::join)
                    .flatMap(List::stream)
                    .collect(toImmutableList()));
  }

  private static CompletableFuture<ImmutableList<SipServer>> existing(
      SipAddress address, ImmutableList<SipServer> servers) {
    return servers.isEmpty()
        ? CompletableFuture.failedFuture(new DnsException(address + " has no address in DNS"))
        : CompletableFuture.completedFuture(servers);
  }
}
