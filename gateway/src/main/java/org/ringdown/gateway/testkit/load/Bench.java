package org.ringdown.gateway.testkit.load;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.load.measure.ProcessProbe;
import org.ringdown.gateway.testkit.load.measure.Reading;
import org.ringdown.gateway.testkit.load.measure.Sample;
import org.ringdown.gateway.testkit.load.measure.Step;
import org.ringdown.gateway.testkit.load.measure.Tally;
import org.ringdown.gateway.testkit.load.measure.Tally.Count;
import org.ringdown.gateway.testkit.load.traffic.Generator;
import org.ringdown.gateway.testkit.load.traffic.Load;

/** Runs one load after the other and finds out what each costs the gateway. */
final class Bench {
  private static final long LOOK_MS = 100;

  private final Generator traffic;
  private final Optional<ProcessProbe> probe;
  private final Sampler sampler;

  Bench(Generator traffic, Optional<ProcessProbe> probe, Sampler sampler) {
    this.traffic = traffic;
    this.probe = probe;
    this.sampler = sampler;
  }

  /** A load that does not count. */
  void warmUp(Load load) throws IOException, InterruptedException {
    sampler.rate(load.callsPerSecond());
    traffic.run(load, () -> {});
  }

  /** A load that counts. */
  Step run(Load load) throws IOException, InterruptedException {
    sampler.rate(load.callsPerSecond());
    boolean held = load.concurrent() > 0;
    OptionalLong occupied = held ? occupied() : OptionalLong.empty();
    Optional<Reading> before = probe.flatMap(ProcessProbe::read);
    long began = System.nanoTime();
    Relay relay = new Relay(load);
    Tally tally;
    if (held) {
      relay.start();
    }
    tally = traffic.run(load, () -> relay.end(occupied));
    double seconds = (System.nanoTime() - began) / 1e9;
    Optional<Reading> after = probe.flatMap(ProcessProbe::read);
    Step.Cost cost =
        before.isPresent() && after.isPresent()
            ? cost(before.get(), after.get(), tally, relay)
            : null;
    return new Step(load.callsPerSecond(), seconds, tally, cost);
  }

  private static Step.Cost cost(Reading before, Reading after, Tally tally, Relay relay) {
    double cpuSeconds = after.cpuSeconds() - before.cpuSeconds();
    long calls = tally.of(Count.STARTED);
    return new Step.Cost(
        calls == 0 ? 0 : 1000 * cpuSeconds / calls,
        after.cpuPercentSince(before),
        relay.cpuMicrosPerPacket,
        relay.heldKiB);
  }

  private OptionalLong occupied() throws InterruptedException {
    return probe.isPresent() ? probe.get().occupiedKiB() : OptionalLong.empty();
  }

  ImmutableList<Sample> samples() {
    return sampler.samples();
  }

  /** What calls cost that are only held: from when all are up until they are to end. */
  private final class Relay {
    private final Load load;
    private volatile @Nullable Reading allUp;
    private volatile long heardBefore;
    private volatile double cpuMicrosPerPacket;
    private volatile double heldKiB;

    Relay(Load load) {
      this.load = load;
    }

    void start() {
      Thread watcher = new Thread(this::awaitAllUp, "relay-watch");
      watcher.setDaemon(true);
      watcher.start();
    }

    private void awaitAllUp() {
      long end = System.nanoTime() + load.lasts().toNanos();
      try {
        while (traffic.up() < load.concurrent() && System.nanoTime() < end) {
          Thread.sleep(LOOK_MS);
        }
        Thread.sleep(Math.min(2000, load.lasts().toMillis() / 10));
        heardBefore = traffic.tally().of(Count.PACKETS_HEARD);
        allUp = probe.flatMap(ProcessProbe::read).orElse(null);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void end(OptionalLong occupiedBefore) {
      Reading then = allUp;
      Optional<Reading> now = probe.flatMap(ProcessProbe::read);
      long packets = traffic.tally().of(Count.PACKETS_HEARD) - heardBefore;
      if (then != null && now.isPresent() && packets > 0) {
        cpuMicrosPerPacket = 1e6 * (now.get().cpuSeconds() - then.cpuSeconds()) / packets;
      }
      int up = traffic.up();
      try {
        OptionalLong occupiedNow = occupiedBefore.isPresent() ? occupied() : OptionalLong.empty();
        if (occupiedNow.isPresent() && up > 0) {
          heldKiB = (double) (occupiedNow.getAsLong() - occupiedBefore.getAsLong()) / up;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
