package org.ringdown.gateway.testkit.load;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.load.measure.Metric;
import org.ringdown.gateway.testkit.load.measure.ProcessProbe;
import org.ringdown.gateway.testkit.load.measure.Reading;
import org.ringdown.gateway.testkit.load.measure.Sample;
import org.ringdown.gateway.testkit.load.measure.Tally;
import org.ringdown.gateway.testkit.load.measure.Tally.Count;
import org.ringdown.gateway.testkit.load.traffic.Generator;

/** Looks each second at how things go, and says so. Safe from any thread. */
final class Sampler implements AutoCloseable {
  private final Generator traffic;
  private final Optional<ProcessProbe> gateway;
  private final Optional<ProcessProbe> self = ProcessProbe.of(ProcessHandle.current().pid());
  private final Consumer<String> progress;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final List<Sample> samples = new ArrayList<>();
  private volatile double rate;
  private @Nullable Reading gatewayBefore;
  private @Nullable Reading selfBefore;
  private long started;
  private long failed;

  private Sampler(Generator traffic, Optional<ProcessProbe> gateway, Consumer<String> progress) {
    this.traffic = traffic;
    this.gateway = gateway;
    this.progress = progress;
  }

  /**
   * Begins.
   *
   * @param gateway its process, if it is known
   * @param progress is given one line each second
   */
  static Sampler start(
      Generator traffic, Optional<ProcessProbe> gateway, Consumer<String> progress) {
    Sampler sampler = new Sampler(traffic, gateway, progress);
    sampler.gatewayBefore = gateway.flatMap(ProcessProbe::read).orElse(null);
    sampler.selfBefore = sampler.self.flatMap(ProcessProbe::read).orElse(null);
    Future<?> unused = sampler.timer.scheduleAtFixedRate(sampler::look, 1, 1, TimeUnit.SECONDS);
    return sampler;
  }

  /** The rate that is asked for from now on. */
  void rate(double callsPerSecond) {
    rate = callsPerSecond;
  }

  private synchronized void look() {
    Tally tally = traffic.tally();
    if (tally.of(Count.STARTED) < started) { // another load
      started = 0;
      failed = 0;
    }
    Reading used = gateway.flatMap(ProcessProbe::read).orElse(null);
    Reading own = self.flatMap(ProcessProbe::read).orElse(null);
    Sample sample =
        new Sample(
            samples.size() + 1,
            rate,
            tally.of(Count.STARTED) - started,
            tally.of(Count.FAILED) - failed,
            traffic.up(),
            percent(gatewayBefore, used),
            Optional.ofNullable(percent(selfBefore, own)).orElse(0.0),
            used);
    started += sample.started();
    failed += sample.failed();
    gatewayBefore = used;
    selfBefore = own;
    samples.add(sample);
    progress.accept(line(sample, tally));
  }

  private static @Nullable Double percent(@Nullable Reading before, @Nullable Reading now) {
    return before == null || now == null ? null : now.cpuPercentSince(before);
  }

  private static String line(Sample sample, Tally tally) {
    String text =
        String.format(
            Locale.ROOT,
            "%4d s  %6.1f/s  begun %4d  failed %3d  up %4d  set-up %.1f ms, 99 %%: %.1f ms  load"
                + " %.0f %%",
            sample.second(),
            sample.rate(),
            sample.started(),
            sample.failed(),
            sample.up(),
            tally.times(Metric.SETUP).percentileMs(50),
            tally.times(Metric.SETUP).percentileMs(99),
            sample.loadCpuPercent());
    Reading used = sample.used();
    Double cpu = sample.cpuPercent();
    if (used == null || cpu == null) {
      return text;
    }
    return text
        + String.format(
            Locale.ROOT,
            "  gateway %.0f %%, %d MiB, %d threads, %d files",
            cpu,
            used.memoryKiB() / 1024,
            used.threads(),
            used.files());
  }

  /** What was seen so far. */
  synchronized ImmutableList<Sample> samples() {
    return ImmutableList.copyOf(samples);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
