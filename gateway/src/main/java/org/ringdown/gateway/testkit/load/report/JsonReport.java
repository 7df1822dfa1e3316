package org.ringdown.gateway.testkit.load.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.load.measure.Metric;
import org.ringdown.gateway.testkit.load.measure.Reading;
import org.ringdown.gateway.testkit.load.measure.Result;
import org.ringdown.gateway.testkit.load.measure.Sample;
import org.ringdown.gateway.testkit.load.measure.Step;
import org.ringdown.gateway.testkit.load.measure.Tally;
import org.ringdown.gateway.testkit.load.measure.Tally.Count;
import org.ringdown.gateway.testkit.load.measure.Times;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A result as JSON; the names of fields say their units. */
public final class JsonReport {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private JsonReport() {}

  /** Writes a file. */
  public static void write(Path file, Result result) throws IOException {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("began", result.began().toString());
    all.put("about", result.about());
    all.put("passed", result.passed());
    all.put("checks", result.checks());
    all.put("highestSteadyRate", result.highest());
    all.put("idleSessionKiB", result.sessionKiB());
    all.put("entry", tally(result.entry()));
    all.put("steps", result.steps().stream().map(JsonReport::step).toList());
    all.put("samples", result.samples().stream().map(JsonReport::sample).toList());
    Files.writeString(file, JSON.writeValueAsString(all) + "\n");
  }

  private static Map<String, @Nullable Object> step(Step step) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("callsPerSecond", step.rate());
    fields.put("seconds", step.seconds());
    fields.putAll(tally(step.tally()));
    fields.put("cost", step.cost());
    return fields;
  }

  private static Map<String, Object> tally(Tally tally) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("started", tally.of(Count.STARTED));
    fields.put("succeeded", tally.of(Count.SUCCEEDED));
    fields.put("failed", tally.of(Count.FAILED));
    fields.put("successPercent", tally.successPercent());
    fields.put("failures", tally.failures());
    fields.put("packetsSent", tally.of(Count.PACKETS_SENT));
    fields.put("packetsHeard", tally.of(Count.PACKETS_HEARD));
    Map<String, Object> times = new LinkedHashMap<>();
    for (Metric metric : Metric.values()) {
      if (tally.times(metric).count() > 0) {
        times.put(metric.key(), times(tally.times(metric)));
      }
    }
    fields.put("timesMs", times);
    return fields;
  }

  private static Map<String, Object> times(Times times) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("count", times.count());
    fields.put("p50", times.percentileMs(50));
    fields.put("p90", times.percentileMs(90));
    fields.put("p95", times.percentileMs(95));
    fields.put("p99", times.percentileMs(99));
    fields.put("max", times.longestMs());
    return fields;
  }

  private static Map<String, @Nullable Object> sample(Sample sample) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("second", sample.second());
    fields.put("callsPerSecond", sample.rate());
    fields.put("started", sample.started());
    fields.put("failed", sample.failed());
    fields.put("up", sample.up());
    fields.put("cpuPercent", sample.cpuPercent());
    fields.put("loadCpuPercent", sample.loadCpuPercent());
    Reading used = sample.used();
    if (used != null) {
      fields.put("memoryKiB", used.memoryKiB());
      fields.put("threads", used.threads());
      fields.put("files", used.files());
      fields.put("ports", used.ports());
    }
    return fields;
  }
}
