package org.ringdown.gateway.testkit.load.measure;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What became of calls, registrations and sign-ins, and how long all took. Safe from any thread.
 */
public final class Tally {
  private static final int MOST_REASONS = 50;

  private final Map<Count, LongAdder> counts = new EnumMap<>(Count.class);
  private final Map<Metric, Times> times = new EnumMap<>(Metric.class);
  private final Set<Metric> ignored = ConcurrentHashMap.newKeySet();
  private final Map<String, AtomicLong> failures = new ConcurrentHashMap<>();

  /** What is counted. */
  public enum Count {
    /** Calls, registrations and sign-ins that were begun. */
    STARTED,
    /** Those that went well to their end. */
    SUCCEEDED,
    /** Those that did not. */
    FAILED,
    /** RTP packets that were sent. */
    PACKETS_SENT,
    /** RTP packets that arrived at the other end. */
    PACKETS_HEARD
  }

  /** Nothing yet. */
  public Tally() {
    for (Count count : Count.values()) {
      counts.put(count, new LongAdder());
    }
    for (Metric metric : Metric.values()) {
      times.put(metric, new Times());
    }
  }

  /** One more. */
  public void count(Count what) {
    add(what, 1);
  }

  private void add(Count what, long many) {
    LongAdder adder = counts.get(what);
    if (adder != null) {
      adder.add(many);
    }
  }

  /** One more that failed. */
  public void failed(String reason) {
    count(Count.FAILED);
    String known = failures.size() < MOST_REASONS ? reason : "other reasons";
    failures.computeIfAbsent(known, any -> new AtomicLong()).incrementAndGet();
  }

  /** How long something took; without effect while it is ignored. */
  public void took(Metric metric, long nanos) {
    if (!ignored.contains(metric)) {
      times(metric).add(nanos);
    }
  }

  /** Takes no more times of this kind. */
  public void ignore(Metric metric) {
    ignored.add(metric);
  }

  /** Takes times of this kind again. */
  public void heed(Metric metric) {
    ignored.remove(metric);
  }

  /** How often. */
  public long of(Count what) {
    LongAdder adder = counts.get(what);
    return adder == null ? 0 : adder.sum();
  }

  /** All times of a kind. */
  public Times times(Metric metric) {
    Times found = times.get(metric);
    return found == null ? new Times() : found;
  }

  /** How often what failed. */
  public ImmutableSortedMap<String, Long> failures() {
    Map<String, Long> sums = new TreeMap<>();
    failures.forEach((reason, number) -> sums.put(reason, number.get()));
    return ImmutableSortedMap.copyOf(sums);
  }

  /** The share of those finished that went well, in percent; 100 if none has finished. */
  public double successPercent() {
    long finished = of(Count.SUCCEEDED) + of(Count.FAILED);
    return finished == 0 ? 100 : 100.0 * of(Count.SUCCEEDED) / finished;
  }

  /** The share of packets that did not arrive, in percent. */
  public double lossPercent() {
    long sent = of(Count.PACKETS_SENT);
    return sent == 0 ? 0 : Math.max(0, 100.0 * (sent - of(Count.PACKETS_HEARD)) / sent);
  }

  /** All of another's. */
  public void add(Tally other) {
    for (Count count : Count.values()) {
      add(count, other.of(count));
    }
    for (Metric metric : Metric.values()) {
      times(metric).add(other.times(metric));
    }
    other
        .failures()
        .forEach(
            (reason, number) ->
                failures.computeIfAbsent(reason, any -> new AtomicLong()).addAndGet(number));
  }

  /** For another process: text by name. */
  public ImmutableMap<String, Object> encoded() {
    ImmutableMap.Builder<String, Object> fields = ImmutableMap.builder();
    for (Count count : Count.values()) {
      fields.put(count.name(), of(count));
    }
    for (Metric metric : Metric.values()) {
      fields.put(metric.name(), times(metric).encoded());
    }
    return fields.put("failures", failures()).buildOrThrow();
  }

  /**
   * The reverse of {@link #encoded}, from numbers, texts and a map of numbers.
   *
   * @throws IllegalArgumentException if it is not what that gave
   */
  public static Tally decode(Map<String, ?> fields) {
    Tally tally = new Tally();
    for (Count count : Count.values()) {
      tally.add(count, number(fields.get(count.name())));
    }
    for (Metric metric : Metric.values()) {
      tally.times(metric).add(Times.decode(String.valueOf(fields.get(metric.name()))));
    }
    if (fields.get("failures") instanceof Map<?, ?> reasons) {
      reasons.forEach(
          (reason, number) ->
              tally.failures.put(String.valueOf(reason), new AtomicLong(number(number))));
    }
    return tally;
  }

  private static long number(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalArgumentException("no number: " + value);
  }
}
