package org.ringdown.gateway.trunk;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.config.Trunk;
import org.ringdown.gateway.config.Trunk.Server;
import org.ringdown.gateway.config.Trunk.Servers;
import org.ringdown.gateway.trunk.TrunkHealth.State;
import org.ringdown.sip.SipEndpoint;
import org.ringdown.sip.dns.Service;
import org.ringdown.sip.dns.SipAddress;
import org.ringdown.sip.dns.SipLocator;
import org.ringdown.sip.dns.SipServer;
import org.ringdown.sip.dns.WeightedOrder;
import org.ringdown.sip.tls.TlsPeer;
import org.ringdown.sip.transport.Destination;
import org.ringdown.sip.transport.SipTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers of a trunk, where they are and how they stand. Names are looked up by {@link
 * #refresh} only, never while something waits to be sent; what was found last holds until something
 * else is found. Safe from any thread.
 */
final class Targets {
  private static final Logger log = LoggerFactory.getLogger(Targets.class);
  private static final WeightedOrder<Place> ORDER =
      new WeightedOrder<>(Place::priority, Place::weight);

  /** More than any priority of an SRV record. */
  private static final int SRV_PRIORITIES = 1 << 16;

  /** One server with its addresses, which are tried in their order. */
  private record Place(int priority, int weight, ImmutableList<Target> targets) {}

  private final Servers servers;
  private final Clock clock;
  private final boolean watched;
  private final boolean nameIsSet;
  private final @Nullable TlsPeer tls;
  private final Map<Destination, TargetHealth> healths = new HashMap<>();
  private final Map<Server, ImmutableList<Place>> found = new HashMap<>();
  private final Map<Server, String> lost = new HashMap<>();
  private volatile ImmutableList<Place> places = ImmutableList.of();

  /**
   * Targets of which those with a numeric host are known, and how none of them stands.
   *
   * @param tls who must be there, for TLS; null if the trunk has none
   */
  Targets(Trunk trunk, @Nullable TlsPeer tls, Clock clock) {
    this.servers = trunk.servers();
    this.watched = trunk.qualify() != null;
    this.nameIsSet = trunk.tls().name() != null;
    this.tls = tls;
    this.clock = clock;
    for (Server server : servers.all()) {
      SipLocator.numeric(address(via(server)), ImmutableSet.of(Service.UDP))
          .ifPresent(one -> put(server, ImmutableList.of(one), anywhere -> true));
    }
  }

  private Server via(Server server) {
    Server proxy = servers.outboundProxy();
    return proxy == null ? server : proxy;
  }

  /** Looks all names up; completes when that is done, whatever came of it. */
  CompletableFuture<Void> refresh(SipLocator locator, SipEndpoint sip) {
    return CompletableFuture.allOf(
        servers.all().stream()
            .map(server -> refresh(server, locator, sip))
            .toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<Void> refresh(Server server, SipLocator locator, SipEndpoint sip) {
    return locator
        .locate(address(via(server)), spoken(sip))
        .handle(
            (where, failure) -> {
              if (failure == null) {
                put(server, where, sip::reaches);
              } else {
                miss(server, failure);
              }
              return null;
            });
  }

  private static SipAddress address(Server server) {
    SipTransport transport = server.transport();
    return new SipAddress(
        server.host(),
        server.port(),
        transport == null ? null : Service.valueOf(transport.name()),
        false);
  }

  private static ImmutableSet<Service> spoken(SipEndpoint sip) {
    return Arrays.stream(Service.values())
        .filter(
            service ->
                sip.listening().stream()
                    .anyMatch(listen -> listen.transport().name().equals(service.name())))
        .collect(toImmutableSet());
  }

  private synchronized void put(
      Server server, ImmutableList<SipServer> where, Predicate<Destination> reachable) {
    ImmutableList<Place> near =
        where.stream()
            .map(one -> place(server, one, reachable))
            .filter(place -> !place.targets().isEmpty())
            .collect(toImmutableList());
    if (near.isEmpty()) {
      lost.put(server, "no listening socket reaches " + server.uri());
    } else {
      lost.remove(server);
      found.put(server, near);
      arrange();
    }
  }

  private Place place(Server server, SipServer one, Predicate<Destination> reachable) {
    boolean bySrv = one.priority() > 0 || one.weight() > 0;
    return new Place(
        server.priority() * SRV_PRIORITIES + one.priority(),
        bySrv ? one.weight() : server.weight(),
        one.addresses().stream()
            .map(
                address ->
                    new Destination(
                        new InetSocketAddress(address, one.port()),
                        SipTransport.valueOf(one.service().name()),
                        peer(via(server)),
                        via(server).transport() == null))
            .filter(reachable)
            .map(
                destination ->
                    new Target(
                        server,
                        destination,
                        healths.computeIfAbsent(
                            destination, unknown -> new TargetHealth(clock, watched))))
            .collect(toImmutableList()));
  }

  private void arrange() {
    places =
        servers.all().stream()
            .flatMap(server -> found.getOrDefault(server, ImmutableList.of()).stream())
            .collect(toImmutableList());
    healths.keySet().retainAll(all().stream().map(Target::destination).toList());
  }

  private synchronized void miss(Server server, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    String reason = cause == null ? failure.toString() : String.valueOf(cause.getMessage());
    lost.put(server, reason);
    log.debug("{} not found: {}", server.uri(), reason);
  }

  /** All of them, the best first. */
  ImmutableList<Target> all() {
    return ORDER.of(places, bound -> 0).stream()
        .flatMap(place -> place.targets().stream())
        .collect(toImmutableList());
  }

  /** Those that a call may be tried at, in an order to try them in. */
  ImmutableList<Target> usable() {
    return ORDER.of(places, ThreadLocalRandom.current()::nextInt).stream()
        .flatMap(place -> place.targets().stream())
        .filter(target -> target.health().isUsable())
        .collect(toImmutableList());
  }

  /**
   * The one to use now: the best that is usable, or else, because something has to be, the best.
   */
  Optional<Target> best() {
    return usable().stream().findFirst().or(() -> all().stream().findFirst());
  }

  boolean isSomeUp() {
    return all().stream().anyMatch(target -> target.health().view().state() == State.UP);
  }

  /** Where to send to if no address is known. */
  Destination unknown() {
    Server server = servers.all().get(0);
    SipTransport transport = Optional.ofNullable(server.transport()).orElse(SipTransport.UDP);
    return new Destination(
        InetSocketAddress.createUnresolved(server.host(), server.port()), transport);
  }

  /** The certificate must be for the configured host, whatever DNS says (RFC 5922 section 4). */
  private @Nullable TlsPeer peer(Server server) {
    return tls == null || nameIsSet ? tls : tls.as(server.host());
  }

  /** Whether whoever showed this chain is one of them. */
  boolean proved(List<X509Certificate> chain) {
    return servers.all().stream()
        .map(server -> peer(via(server)))
        .anyMatch(peer -> peer != null && peer.is(chain));
  }

  /** Whether a message came from one of them. */
  boolean sent(Destination source) {
    return places.stream()
        .flatMap(place -> place.targets().stream())
        .anyMatch(target -> target.sent(source));
  }

  /** Whether one of them is at this address, whatever the port. */
  boolean areAt(InetAddress address) {
    return places.stream()
        .flatMap(place -> place.targets().stream())
        .anyMatch(target -> address.equals(target.destination().address().getAddress()));
  }

  /** Why none is usable, a sentence for a person; null if one is. */
  synchronized @Nullable String trouble() {
    if (!usable().isEmpty()) {
      return null;
    }
    ImmutableList<Target> targets = all();
    if (targets.isEmpty()) {
      return lost.isEmpty() ? null : String.join("; ", ImmutableSet.copyOf(lost.values()));
    }
    return targets.size() == 1
        ? targets.get(0).health().view().reason()
        : targets.stream()
            .map(target -> target + ": " + target.health().view().reason())
            .collect(Collectors.joining("; "));
  }

  /** For the operator. */
  ImmutableList<ImmutableMap<String, Object>> views() {
    return all().stream().map(Target::view).collect(toImmutableList());
  }
}
