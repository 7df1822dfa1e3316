package org.ringdown.gateway.admin;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.ringdown.gateway.bridge.session.CallRecord;
import org.ringdown.gateway.call.EndReason;

/**
 * What Prometheus scrapes: how calls ended and how long they took, and how much of everything is in
 * use. All names begin with {@code ringdown_}; times are seconds. Safe from any thread.
 */
public final class Metrics {
  private static final double[] SETUP_SECONDS = {
    0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60
  };
  private static final double[] TALK_SECONDS = {1, 5, 15, 30, 60, 180, 600, 1800, 3600, 14400};

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
  private final Counter ended =
      Counter.builder()
          .withoutExemplars() // or a thread wakes up for traces that nobody keeps
          .name("ringdown_calls_ended_total")
          .help("Calls that are over, by why and by whom they were ended.")
          .labelNames("reason", "by")
          .register(registry);
  private final Histogram setup =
      times("ringdown_call_setup_seconds", "From the offer to both sides connected.")
          .classicUpperBounds(SETUP_SECONDS)
          .register(registry);
  private final Histogram talk =
      times("ringdown_call_talk_seconds", "How long connected calls lasted.")
          .classicUpperBounds(TALK_SECONDS)
          .register(registry);

  private static Histogram.Builder times(String name, String help) {
    return Histogram.builder()
        .withoutExemplars()
        .name(name)
        .help(help)
        .unit(Unit.SECONDS)
        .classicOnly();
  }

  /** A call is over. */
  public void ended(CallRecord call) {
    EndReason reason = call.reason();
    ended.labelValues(label(reason.kind()), label(reason.by())).inc();
    if (call.connected() != null) {
      setup.observe(seconds(Duration.between(call.began(), call.connected())));
      talk.observe(seconds(call.talked()));
    }
  }

  /** Shows a figure that goes up and down. */
  public void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  /** Shows a figure for each of several things, by the name that {@code label} gives them. */
  public void gauges(
      String name, String help, String label, Supplier<ImmutableMap<String, Double>> values) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(label)
        .callback(callback -> values.get().forEach((of, value) -> callback.call(value, of)))
        .register(registry);
  }

  /** Shows a figure that only goes up. */
  public void counter(String name, String help, DoubleSupplier value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  /** Shows a figure that only goes up for each of several things, by their names. */
  public void counters(
      String name, String help, String label, Supplier<ImmutableMap<String, Double>> values) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(label)
        .callback(callback -> values.get().forEach((of, value) -> callback.call(value, of)))
        .register(registry);
  }

  /** Everything, in Prometheus' text format. */
  public TextPage page() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(out, registry.scrape(), EscapingScheme.DEFAULT);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not from a buffer in memory
    }
    return new TextPage(writer.getContentType(), out.toString(StandardCharsets.UTF_8));
  }

  private static String label(Enum<?> value) {
    return Ascii.toLowerCase(value.name()).replace('_', '-');
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
