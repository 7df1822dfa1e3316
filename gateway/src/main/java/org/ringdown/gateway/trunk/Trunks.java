package org.ringdown.gateway.trunk;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ringdown.gateway.config.Trunk;
import org.ringdown.sip.Invite;
import org.ringdown.sip.SipEndpoint;
import org.ringdown.sip.dns.SipLocator;
import org.ringdown.sip.tls.TlsPeer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All PBXs and carriers that calls go to and come from. Safe from any thread. */
public final class Trunks implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Trunks.class);
  private static final Duration FAREWELL = Duration.ofSeconds(1);
  private static final Duration LOOK_UP = Duration.ofSeconds(30);

  private final ImmutableMap<String, Trunk> configured;
  private final ImmutableMap<String, TrunkLink> links;
  private final ScheduledThreadPoolExecutor timer;

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
    this.configured = configured;
    ImmutableMap.Builder<String, TrunkLink> all = ImmutableMap.builder();
    configured.forEach(
        (name, trunk) -> all.put(name, new TrunkLink(name, trunk, locator, tls.get(name), clock)));
    this.links = all.buildOrThrow();
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, new ThreadFactoryBuilder().setNameFormat("trunks").setDaemon(true).build());
  }

  /** Registers with those that want it, and begins to watch all; once. */
  public void start(SipEndpoint sip) {
    for (Map.Entry<String, TrunkLink> entry : links.entrySet()) {
      TrunkLink link = entry.getValue();
      Duration qualify =
          Optional.ofNullable(configured.get(entry.getKey())).orElseThrow().qualify();
      long every = (qualify == null ? LOOK_UP : qualify).toMillis();
      timer.execute(() -> link.start(sip));
      timer.scheduleWithFixedDelay(() -> check(link), 0, every, TimeUnit.MILLISECONDS);
    }
  }

  private static void check(TrunkLink link) {
    try {
      link.check();
    } catch (RuntimeException e) {
      log.error("the check of trunk {} failed", link.name(), e);
    }
  }

  /** The trunk of that name. */
  public Optional<TrunkLink> find(String name) {
    return Optional.ofNullable(links.get(name));
  }

  /**
   * The trunk that a call without credentials comes from: the one whose registrar alone was told
   * the Contact it came to, or else the first that such calls come from by their source address.
   */
  public Optional<TrunkLink> senderOf(Invite invite) {
    return links.values().stream()
        .filter(link -> link.wasTold(invite))
        .findFirst()
        .or(() -> links.values().stream().filter(link -> link.sent(invite)).findFirst());
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
