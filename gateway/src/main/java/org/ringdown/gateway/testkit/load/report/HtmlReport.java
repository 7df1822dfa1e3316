package org.ringdown.gateway.testkit.load.report;

import com.google.common.html.HtmlEscapers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.ringdown.gateway.testkit.load.measure.Metric;
import org.ringdown.gateway.testkit.load.measure.Reading;
import org.ringdown.gateway.testkit.load.measure.Result;
import org.ringdown.gateway.testkit.load.measure.Sample;
import org.ringdown.gateway.testkit.load.measure.Step;

/** A result as one page that needs nothing else: plots, and the table below them. */
public final class HtmlReport {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Load of a gateway</title>
      <style>
      :root { color-scheme: light dark; }
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
      figure { margin: 1.5rem 0; }
      figcaption span { white-space: nowrap; margin-left: .8em; }
      figcaption span::before { content: ""; display: inline-block; width: .7em; height: .7em; margin-right: .3em; background: var(--line); }
      svg { width: 100%; height: auto; margin: .3rem 0; }
      svg text { font-size: 13px; fill: currentColor; }
      svg .grid { stroke: currentColor; opacity: .15; }
      svg polyline { stroke-width: 1.8; }
      pre { overflow-x: auto; font-size: 13px; }
      @media (prefers-color-scheme: dark) { polyline, circle, figcaption span::before { filter: brightness(1.5); } }
      @media (max-width: 600px) { svg text { font-size: 20px; } svg polyline { stroke-width: 3; } }
      </style></head><body>
      <h1>Load of a gateway</h1>
      """;

  private HtmlReport() {}

  /** Writes a file. */
  public static void write(Path file, Result result) throws IOException {
    StringBuilder html = new StringBuilder(HEAD);
    html.append("<p>")
        .append(result.passed() ? "All limits were kept." : "Not all limits were kept.")
        .append("</p>\n");
    if (result.steps().size() > 1) {
      overRate(html, result);
    }
    overTime(html, result.samples());
    html.append("<pre>")
        .append(HtmlEscapers.htmlEscaper().escape(TableReport.of(result)))
        .append("</pre>\n</body></html>\n");
    Files.writeString(file, html);
  }

  private static void overRate(StringBuilder html, Result result) {
    Collection<Step> steps = lastOfEachRate(result.steps());
    for (Metric metric : new Metric[] {Metric.SETUP, Metric.MEDIA}) {
      Plot plot = new Plot(metric.meaning() + ", ms", "calls a second");
      for (int percent : new int[] {50, 95, 99}) {
        plot.line(
            percent + " %",
            steps.stream()
                .filter(step -> step.tally().times(metric).count() > 0)
                .map(
                    step ->
                        new Plot.Point(
                            step.rate(), step.tally().times(metric).percentileMs(percent)))
                .toList());
      }
      add(html, plot);
    }
    add(
        html,
        new Plot("success, %", "calls a second")
            .line(
                "success",
                steps.stream()
                    .map(step -> new Plot.Point(step.rate(), step.tally().successPercent()))
                    .toList()));
  }

  /** A rate that failed is tried once more, and a plot has one value for each. */
  private static Collection<Step> lastOfEachRate(List<Step> steps) {
    Map<Double, Step> last = new TreeMap<>();
    steps.forEach(step -> last.put(step.rate(), step));
    return last.values();
  }

  private static void overTime(StringBuilder html, List<Sample> samples) {
    add(
        html,
        new Plot("calls", "seconds")
            .line("begun", points(samples, Sample::started))
            .line("failed", points(samples, Sample::failed))
            .line("up", points(samples, Sample::up)));
    add(
        html,
        new Plot("CPU, % of one core", "seconds")
            .line("gateway", cpu(samples))
            .line("load generator", points(samples, Sample::loadCpuPercent)));
    add(
        html,
        new Plot("memory of the gateway, MiB", "seconds")
            .line("resident", used(samples, r -> r.memoryKiB() / 1024.0)));
    add(
        html,
        new Plot("what the gateway has open", "seconds")
            .line("threads", used(samples, Reading::threads))
            .line("files", used(samples, Reading::files))
            .line("ports", used(samples, Reading::ports)));
  }

  private static List<Plot.Point> points(List<Sample> samples, ToDoubleFunction<Sample> value) {
    return samples.stream()
        .map(sample -> new Plot.Point(sample.second(), value.applyAsDouble(sample)))
        .toList();
  }

  private static List<Plot.Point> cpu(List<Sample> samples) {
    return samples.stream()
        .flatMap(
            sample ->
                Optional.ofNullable(sample.cpuPercent())
                    .map(percent -> new Plot.Point(sample.second(), percent))
                    .stream())
        .toList();
  }

  private static List<Plot.Point> used(List<Sample> samples, ToDoubleFunction<Reading> value) {
    return samples.stream()
        .flatMap(
            sample ->
                Optional.ofNullable(sample.used())
                    .map(used -> new Plot.Point(sample.second(), value.applyAsDouble(used)))
                    .stream())
        .toList();
  }

  private static void add(StringBuilder html, Plot plot) {
    if (!plot.isEmpty()) {
      html.append(plot.figure());
    }
  }
}
