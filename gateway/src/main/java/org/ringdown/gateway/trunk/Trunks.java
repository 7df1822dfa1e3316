package org.ringdown.gateway.trunk;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.config.Trunk;
import org.ringdown.sip.SipEndpoint;
import org.ringdown.sip.dns.SipLocator;
import org.ringdown.sip.leg.Arrival;
import org.ringdown.sip.tls.TlsPeer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All PBXs and carriers that calls go to and come from. Safe from any thread. */
public final class Trunks implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Trunks.class);
  private static final Duration FAREWELL = Duration.ofSeconds(1);
  private static final Duration LOOK_UP = Duration.ofSeconds(30);

  private final SipLocator locator;
  private final Clock clock;
  private final ScheduledThreadPoolExecutor timer;
  private final Map<String, Future<?>> checks = new HashMap<>();
  private volatile ImmutableMap<String, TrunkLink> links = ImmutableMap.of();
  private ImmutableMap<String, TlsPeer> tls;
  private @Nullable SipEndpoint sip;

  /**
   * Trunks that do nothing until {@link #start}.
   *
   * @param tls who those that use TLS must prove to be, by name
   */
  public Trunks(
      ImmutableMap<String, Trunk> configured,
      SipLocator locator,
      ImmutableMap<String, TlsPeer> tls,
      Clock clock) {
    this.locator = locator;
    this.tls = tls;
    this.clock = clock;
    this.links = links(configured, tls);
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, new ThreadFactoryBuilder().setNameFormat("trunks").setDaemon(true).build());
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Links of which those that are found as before are the same under other rules. */
  private ImmutableMap<String, TrunkLink> links(
      ImmutableMap<String, Trunk> configured, ImmutableMap<String, TlsPeer> peers) {
    ImmutableMap.Builder<String, TrunkLink> all = ImmutableMap.builder();
    configured.forEach(
        (name, trunk) ->
            all.put(
                name,
                Optional.ofNullable(links.get(name))
                    .filter(old -> old.trunk().isFoundAs(trunk))
                    .filter(old -> Objects.equals(tls.get(name), peers.get(name)))
                    .map(old -> old.under(trunk))
                    .orElseGet(() -> new TrunkLink(name, trunk, locator, peers.get(name), clock))));
    return all.buildOrThrow();
  }

  /** Registers with those that want it, and begins to watch all; once. */
  public synchronized void start(SipEndpoint endpoint) {
    sip = endpoint;
    links.values().forEach(link -> start(link, CompletableFuture.completedFuture(null)));
  }

  private void start(TrunkLink link, CompletableFuture<Void> before) {
    Duration qualify = link.trunk().qualify();
    long every = (qualify == null ? LOOK_UP : qualify).toMillis();
    link.start(Optional.ofNullable(sip).orElseThrow(), before);
    checks.put(
        link.name(),
        timer.scheduleWithFixedDelay(() -> check(link), 0, every, TimeUnit.MILLISECONDS));
  }

  /**
   * Takes up another configuration, once started. Trunks that are no more take their registration
   * back, new ones register, and those that are found or signed in at in another way do both; the
   * rest stay registered. Calls that go on are left alone.
   *
   * @param others all trunks from now on
   * @param peers who those that use TLS must prove to be, by name
   */
  public synchronized void change(
      ImmutableMap<String, Trunk> others, ImmutableMap<String, TlsPeer> peers) {
    ImmutableMap<String, TrunkLink> before = links;
    links = links(others, peers);
    tls = peers;
    Sets.union(before.keySet(), links.keySet())
        .forEach(name -> replace(before.get(name), links.get(name)));
  }

  private void replace(@Nullable TrunkLink old, @Nullable TrunkLink now) {
    if (old != null && now != null && now.isWatchedAs(old)) {
      return;
    }
    CompletableFuture<Void> gone =
        old == null ? CompletableFuture.completedFuture(null) : farewell(old);
    if (now != null) {
      start(now, gone);
    }
  }

  /** Stops to watch it and takes the registration back; done when that is, or soon anyway. */
  private CompletableFuture<Void> farewell(TrunkLink link) {
    Optional.ofNullable(checks.remove(link.name())).ifPresent(check -> check.cancel(false));
    return link.end().completeOnTimeout(null, FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void check(TrunkLink link) {
    try {
      link.check();
    } catch (RuntimeException e) {
      log.error("the check of trunk {} failed", link.name(), e);
    }
  }

  /** All, in the order of the configuration. */
  public ImmutableCollection<TrunkLink> all() {
    return links.values();
  }

  /** The trunk of that name. */
  public Optional<TrunkLink> find(String name) {
    return Optional.ofNullable(links.get(name));
  }

  /**
   * The trunk that a call or a text without credentials comes from: the one whose registrar alone
   * was told the Contact it came to, or else the first that such calls come from by their source
   * address.
   */
  public Optional<TrunkLink> senderOf(Arrival request) {
    return links.values().stream()
        .filter(link -> link.wasTold(request))
        .findFirst()
        .or(() -> links.values().stream().filter(link -> link.sent(request)).findFirst());
  }

  /** Whether one of them is there, or may send from there. */
  public boolean areAt(InetAddress address) {
    return links.values().stream().anyMatch(link -> link.isAt(address));
  }

  /** How each stands, for the operator. */
  public ImmutableList<ImmutableMap<String, Object>> views() {
    return links.values().stream().map(TrunkLink::view).collect(ImmutableList.toImmutableList());
  }

  /** 1 for each that calls can go over now, 0 for each that is down, by name. */
  public ImmutableMap<String, Double> up() {
    return ImmutableMap.copyOf(
        Maps.transformValues(links, link -> link.obstacle().isEmpty() ? 1.0 : 0.0));
  }

  /** How many calls each has, those from there and to there together, by name. */
  public ImmutableMap<String, Double> calls() {
    return ImmutableMap.copyOf(Maps.transformValues(links, link -> (double) link.calls()));
  }

  /** How many calls each has refused since the start because of its limits, by name. */
  public ImmutableMap<String, Double> refusedByLimit() {
    return ImmutableMap.copyOf(Maps.transformValues(links, link -> (double) link.refusedByLimit()));
  }

  /** How many calls each may have at once, by name; without those that have no such limit. */
  public ImmutableMap<String, Double> mostCalls() {
    ImmutableMap.Builder<String, Double> most = ImmutableMap.builder();
    links.forEach(
        (name, link) -> {
          Integer limit = link.trunk().policy().limits().calls();
          if (limit != null) {
            most.put(name, limit.doubleValue());
          }
        });
    return most.buildOrThrow();
  }

  /** Takes the registrations back; waits for the answers a second at most. */
  @Override
  public void close() {
    timer.shutdownNow();
    CompletableFuture<?>[] ends =
        links.values().stream().map(TrunkLink::end).toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(ends).get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      log.info("not every trunk has taken the registration back in time");
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
