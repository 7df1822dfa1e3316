package org.ringdown.gateway.testkit.load;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.ringdown.gateway.testkit.load.measure.Check;
import org.ringdown.gateway.testkit.load.measure.Metric;
import org.ringdown.gateway.testkit.load.measure.Reading;
import org.ringdown.gateway.testkit.load.measure.Sample;
import org.ringdown.gateway.testkit.load.measure.Tally;

/** Holds what was measured against the limits. */
final class LimitCheck {
  /** Growth is between the median of the second and that of the last fifth of the samples. */
  private static final int PARTS = 5;

  /** So many threads or files come and go without anything growing. */
  private static final long ALLOWANCE = 10;

  private final LoadOptions.Limits limits;
  private final ImmutableList.Builder<Check> checks = ImmutableList.builder();

  private LimitCheck(LoadOptions.Limits limits) {
    this.limits = limits;
  }

  /**
   * All that are set.
   *
   * @param tally of the load that counts
   * @param samples of the whole run
   */
  static ImmutableList<Check> of(LoadOptions.Limits limits, Tally tally, List<Sample> samples) {
    LimitCheck check = new LimitCheck(limits);
    check.success(tally);
    List<Reading> readings =
        samples.stream().flatMap(sample -> Optional.ofNullable(sample.used()).stream()).toList();
    check.most(
        "memory (MiB)", limits.memoryKiB().map(k -> k / 1024), readings, r -> r.memoryKiB() / 1024);
    check.most("threads", limits.threads().map(Long::valueOf), readings, Reading::threads);
    check.most("ports", limits.ports().map(Long::valueOf), readings, Reading::ports);
    check.most("files", limits.files().map(Long::valueOf), readings, Reading::files);
    check.growth("memory", readings, Reading::memoryKiB, 0);
    check.growth("threads", readings, Reading::threads, ALLOWANCE);
    check.growth("ports", readings, Reading::ports, ALLOWANCE);
    check.growth("files", readings, Reading::files, ALLOWANCE);
    return check.checks.build();
  }

  private void success(Tally tally) {
    double success = tally.successPercent();
    checks.add(
        new Check(
            "success",
            percent(limits.successPercent()),
            percent(success),
            success >= limits.successPercent()));
    limits
        .setup()
        .ifPresent(
            most -> {
              double found = tally.times(Metric.SETUP).percentileMs(99);
              checks.add(
                  new Check(
                      "set-up, 99th percentile",
                      most.toMillis() + " ms",
                      String.format(Locale.ROOT, "%.1f ms", found),
                      found <= most.toMillis()));
            });
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.2f %%", value);
  }

  private void most(
      String name, Optional<Long> limit, List<Reading> readings, ToLongFunction<Reading> value) {
    limit.ifPresent(
        most -> {
          long found = readings.stream().mapToLong(value).max().orElse(-1);
          checks.add(
              found < 0
                  ? new Check(name, String.valueOf(most), "not measured", false)
                  : new Check(name, String.valueOf(most), String.valueOf(found), found <= most));
        });
  }

  private void growth(
      String name, List<Reading> readings, ToLongFunction<Reading> value, long allowance) {
    limits
        .growthPercent()
        .ifPresent(
            most -> {
              long[] values = readings.stream().mapToLong(value).toArray();
              int part = values.length / PARTS;
              if (part == 0) {
                checks.add(new Check("growth of " + name, percent(most), "not measured", false));
                return;
              }
              long before = median(Arrays.copyOfRange(values, part, 2 * part));
              long after = median(Arrays.copyOfRange(values, values.length - part, values.length));
              double grown = before == 0 ? 0 : 100.0 * (after - before) / before;
              checks.add(
                  new Check(
                      "growth of " + name,
                      percent(most),
                      percent(grown) + " (" + before + " to " + after + ")",
                      grown <= most || after - before <= allowance));
            });
  }

  private static long median(long[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
