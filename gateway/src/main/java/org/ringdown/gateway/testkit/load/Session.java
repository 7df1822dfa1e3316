package org.ringdown.gateway.testkit.load;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.load.LoadOptions.Search;
import org.ringdown.gateway.testkit.load.LoadOptions.Where;
import org.ringdown.gateway.testkit.load.measure.ProcessProbe;
import org.ringdown.gateway.testkit.load.measure.Result;
import org.ringdown.gateway.testkit.load.measure.Step;
import org.ringdown.gateway.testkit.load.measure.Tally;
import org.ringdown.gateway.testkit.load.relay.RelayTraffic;
import org.ringdown.gateway.testkit.load.traffic.Generator;
import org.ringdown.gateway.testkit.load.traffic.Target;
import org.ringdown.gateway.testkit.load.traffic.Traffic;
import org.ringdown.gateway.testkit.load.worker.Workers;

/** One run from the start of the gateway to the result. */
final class Session {
  private static final int SIP_PORT = 5060;
  private static final int EARLIER_PAGES = 20;
  private static final Duration REST = Duration.ofMillis(1_500);
  private static final Duration LONGEST_SETTLING = Duration.ofSeconds(3);

  private final LoadOptions options;
  private final Consumer<String> progress;
  private final Instant began = Instant.now();
  private volatile boolean ended;
  private volatile @Nullable Generator traffic;
  private volatile @Nullable OwnGateway own;
  private @Nullable Double sessionKiB;

  Session(LoadOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
  }

  /**
   * Runs.
   *
   * @throws IOException if the gateway cannot be started or reached; the message says why
   */
  Result run() throws IOException, InterruptedException {
    if (!options.where().own()) {
      return against(elsewhere());
    }
    Where where = options.where();
    progress.accept("starting a gateway");
    try (OwnGateway gateway =
        OwnGateway.start(where.javaOptions(), where.pages(), where.phones())) {
      own = gateway;
      gateway.awaitReady();
      return against(
          new Target(
              Target.Kind.RINGDOWN,
              gateway.sip(),
              gateway.web(),
              false,
              where.pages(),
              where.phones(),
              from(gateway.sip()),
              OptionalLong.of(gateway.pid())));
    }
  }

  /** Ends the load as soon as can be, from any thread: what was measured so far is the result. */
  void endEarly() {
    ended = true;
    progress.accept("ending early");
    Generator going = traffic;
    if (going != null) {
      going.stop();
    }
  }

  /** Leaves nothing behind where nobody waits for the result. */
  void abandon() {
    OwnGateway gateway = own;
    if (gateway != null) {
      gateway.close();
    }
  }

  private Target elsewhere() throws IOException {
    Where where = options.where();
    URI janus = URI.create("ws://127.0.0.1:1/");
    URI web = where.web().orElse(janus);
    String host = where.sip().isPresent() ? where.sip().get().getHost() : web.getHost();
    int port = where.sip().isPresent() ? where.sip().get().getPortOrDefault(SIP_PORT) : SIP_PORT;
    InetSocketAddress sip = new InetSocketAddress(InetAddress.getByName(host), port);
    return new Target(
        where.kind(),
        sip,
        where.web().orElse(URI.create("ws://" + host + ":8080/ws")),
        where.anyCertificate(),
        where.pages(),
        where.phones(),
        from(sip),
        where.pid().isPresent() ? OptionalLong.of(where.pid().get()) : OptionalLong.empty());
  }

  /** The address that this machine sends from, unless one was named. */
  private InetAddress from(InetSocketAddress gateway) throws IOException {
    Optional<String> named = options.where().from();
    if (named.isPresent()) {
      return InetAddress.getByName(named.get());
    }
    try (DatagramSocket probe = new DatagramSocket()) {
      probe.connect(gateway);
      return probe.getLocalAddress();
    }
  }

  private Result against(Target target) throws IOException, InterruptedException {
    Optional<ProcessProbe> probe =
        target.pid().isPresent() ? ProcessProbe.of(target.pid().getAsLong()) : Optional.empty();
    if (target.pid().isPresent() && probe.isEmpty()) {
      throw new IOException("there is no process " + target.pid().getAsLong() + " to measure");
    }
    try (Generator all = generator(target)) {
      traffic = all;
      Tally entry = enter(all, probe);
      if (ended) {
        all.stop();
      }
      try (Sampler sampler = Sampler.start(all, probe, progress)) {
        return load(new Bench(all, probe, sampler), entry);
      }
    }
  }

  private Generator generator(Target target) throws IOException {
    if (target.kind() == Target.Kind.RTPENGINE) {
      return RelayTraffic.open(target);
    }
    return options.workers() == 1
        ? Traffic.open(target, options.media(), options.patience())
        : Workers.start(options.workers(), target, options.media(), options.patience());
  }

  /** Registers and signs in; of idle pages it finds out what one occupies. */
  private Tally enter(Generator traffic, Optional<ProcessProbe> probe)
      throws IOException, InterruptedException {
    int pages = options.where().pages().count();
    progress.accept("signing in " + pages + " pages");
    if (options.idlePages() == 0 || probe.isEmpty()) {
      return traffic.enter(pages, options.signInsPerSecond());
    }
    int earlier = Math.min(EARLIER_PAGES, pages / 2);
    Tally tally = traffic.enter(earlier, options.signInsPerSecond());
    Thread.sleep(settling().toMillis());
    OptionalLong before = probe.get().occupiedKiB();
    tally.add(traffic.enter(pages - earlier, options.signInsPerSecond()));
    Thread.sleep(settling().toMillis());
    OptionalLong after = probe.get().occupiedKiB();
    if (before.isPresent() && after.isPresent()) {
      sessionKiB = (double) (after.getAsLong() - before.getAsLong()) / (pages - earlier);
    }
    return tally;
  }

  private Duration settling() {
    Duration fifth = options.load().lasts().dividedBy(5);
    return fifth.compareTo(LONGEST_SETTLING) < 0 ? fifth : LONGEST_SETTLING;
  }

  private Result load(Bench bench, Tally entry) throws IOException, InterruptedException {
    LoadOptions.WarmUp warmUp = options.warmUp();
    if (!warmUp.lasts().isZero()) {
      progress.accept("warming up");
      bench.warmUp(options.load().at(warmUp.callsPerSecond()).lasting(warmUp.lasts()));
    }
    List<Step> steps = new ArrayList<>();
    Double highest = null;
    Tally counts;
    if (options.search().isPresent()) {
      Search search = options.search().get();
      RateSearch found =
          new RateSearch(
              search.highest(), options.limits().successPercent(), REST, progress, () -> ended);
      highest = found.run(options.load().lasting(search.step()), bench::run, steps);
      counts = found.best();
    } else {
      Step only = bench.run(options.load());
      steps.add(only);
      counts = only.tally();
    }
    return new Result(
        began,
        about(),
        entry,
        sessionKiB,
        ImmutableList.copyOf(steps),
        highest,
        bench.samples(),
        LimitCheck.of(options.limits(), counts, bench.samples()));
  }

  private ImmutableMap<String, String> about() {
    Where where = options.where();
    String there = where.sip().map(Object::toString).orElse("");
    String gateway =
        switch (where.kind()) {
          case JANUS -> "Janus at " + where.web().map(URI::toString).orElse("");
          case RTPENGINE -> "rtpengine at " + there;
          case RINGDOWN -> "Ringdown" + (where.own() ? ", started here" : " at " + there);
        };
    ImmutableMap.Builder<String, String> about =
        ImmutableMap.<String, String>builder()
            .put("gateway", gateway)
            .put("media", options.media().name().toLowerCase(java.util.Locale.ROOT))
            .put("pages", String.valueOf(where.pages().count()))
            .put("phones", String.valueOf(where.phones().count()))
            .put("machine", Machine.describe())
            .put("java", Runtime.version().toString());
    if (ended) {
      about.put("ended", "early, before its time was over");
    }
    return about.buildOrThrow();
  }
}
