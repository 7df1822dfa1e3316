package org.ringdown.gateway.testkit.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.run.Outcome;
import org.ringdown.gateway.testkit.run.StepResult;
import org.ringdown.gateway.testkit.stage.Happening;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Runs as JSON: every step with its time, and every message of a run that failed. */
public final class JsonReport {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private JsonReport() {}

  /** Writes a file. */
  public static void write(Path file, List<Outcome> outcomes) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("passed", outcomes.stream().filter(Outcome::passed).count());
    all.put("failed", outcomes.stream().filter(o -> !o.passed()).count());
    all.put("statistics", Statistics.of(outcomes).stream().map(JsonReport::statistics).toList());
    all.put("runs", outcomes.stream().map(JsonReport::run).toList());
    Files.writeString(file, JSON.writeValueAsString(all));
  }

  private static Map<String, @Nullable Object> run(Outcome outcome) {
    Map<String, @Nullable Object> run = new LinkedHashMap<>();
    run.put("name", outcome.title());
    run.put("file", outcome.script().place().file());
    run.put("passed", outcome.passed());
    run.put("seconds", outcome.lasted().toMillis() / 1000.0);
    run.put("failure", outcome.failure());
    run.put("steps", outcome.steps().stream().map(JsonReport::step).toList());
    if (!outcome.passed()) {
      run.put("messages", outcome.happenings().stream().map(JsonReport::message).toList());
    }
    return run;
  }

  private static Map<String, @Nullable Object> step(StepResult step) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("file", step.place().file());
    map.put("line", step.place().line());
    map.put("step", step.text());
    map.put("atSeconds", step.nanos() / 1e9);
    map.put("lastedMs", step.lastedNanos() / 1e6);
    map.put("failure", step.failure());
    return map;
  }

  private static Map<String, @Nullable Object> statistics(Statistics statistics) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("run", statistics.run());
    map.put("file", statistics.place().file());
    map.put("line", statistics.place().line());
    map.put("step", statistics.step());
    map.put("count", statistics.count());
    map.put("failed", statistics.failed());
    map.put("ms", statistics.times());
    return map;
  }

  private static Map<String, Object> message(Happening happening) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("atSeconds", happening.seconds());
    map.put("actor", happening.actor());
    map.put("kind", happening.kind());
    map.put("label", happening.label());
    map.put("detail", happening.detail());
    return map;
  }
}
