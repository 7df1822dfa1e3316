package org.ringdown.gateway.testkit.report;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.ringdown.gateway.testkit.run.Outcome;
import org.ringdown.gateway.testkit.run.StepResult;
import org.ringdown.gateway.testkit.script.ActorPlan;
import org.ringdown.gateway.testkit.stage.Happening;

/**
 * What went over both wires as a picture in plain text: phones on the left, the gateway in the
 * middle, pages on the right, the state of media beside their owners, the steps between the lines.
 * Three actors fit into 80 columns.
 */
public final class Ladder {
  private static final int WIDTH = 80;
  private static final int WIDEST_LANE = 32;
  private static final int NARROWEST_LANE = 20;
  private static final int FIRST = 9;
  private static final String GATEWAY = "gateway";

  private final Outcome outcome;
  private final Map<String, Integer> columns = new LinkedHashMap<>();
  private final int middle;

  private Ladder(Outcome outcome) {
    this.outcome = outcome;
    int room = (WIDTH - FIRST - 1) / Math.max(1, outcome.script().actors().size());
    int lane = Math.max(NARROWEST_LANE, Math.min(WIDEST_LANE, room));
    int at = FIRST;
    for (ActorPlan plan : outcome.script().actors().values()) {
      if (plan.kind() != ActorPlan.Kind.PAGE) {
        columns.put(plan.name(), at);
        at += lane;
      }
    }
    middle = at;
    columns.put(GATEWAY, at);
    for (ActorPlan plan : outcome.script().actors().values()) {
      if (plan.kind() == ActorPlan.Kind.PAGE) {
        at += lane;
        columns.put(plan.name(), at);
      }
    }
  }

  /** The ladder of a run, line by line. */
  public static ImmutableList<String> of(Outcome outcome) {
    return new Ladder(outcome).lines();
  }

  private ImmutableList<String> lines() {
    List<Line> lines = new ArrayList<>();
    for (StepResult step : outcome.steps()) {
      lines.add(new Line(step.nanos(), "  -- " + step.place().line() + "  " + step.text()));
      String failure = step.failure();
      if (failure != null) {
        lines.add(new Line(end(step), "  >> FAILED: " + failure));
      }
    }
    long from = outcome.steps().stream().mapToLong(StepResult::nanos).min().orElse(0);
    long to = outcome.steps().stream().mapToLong(Ladder::end).max().orElse(Long.MAX_VALUE);
    for (Happening happening : outcome.happenings()) {
      if (happening.nanos() >= from && happening.nanos() <= to) {
        lines.add(new Line(happening.nanos(), draw(happening)));
      }
    }
    lines.sort(Comparator.comparingLong(Line::nanos));
    ImmutableList.Builder<String> text = ImmutableList.builder();
    text.add(head());
    leftOut(h -> h.nanos() < from, "before: everybody signs in").ifPresent(text::add);
    lines.forEach(line -> text.add(line.text()));
    leftOut(h -> h.nanos() > to, "after: everybody leaves").ifPresent(text::add);
    return text.build();
  }

  private static long end(StepResult step) {
    return step.nanos() + step.lastedNanos();
  }

  /** Nobody needs to see how actors come and go, unless that is what fails. */
  private Optional<String> leftOut(Predicate<Happening> which, String why) {
    long count = outcome.happenings().stream().filter(which).count();
    return count == 0 ? Optional.empty() : Optional.of("  (" + why + ", " + count + " lines)");
  }

  private String head() {
    StringBuilder head = new StringBuilder();
    columns.forEach((name, at) -> put(head, at - name.length() / 2, name));
    return head.toString();
  }

  private String draw(Happening happening) {
    StringBuilder line = new StringBuilder();
    put(line, 0, String.format(Locale.ROOT, "%7.3f", happening.seconds()));
    columns.values().forEach(at -> put(line, at, "|"));
    int at = columns.getOrDefault(happening.actor(), middle);
    switch (happening.kind()) {
      case SENT -> arrow(line, at, middle, happening.label());
      case RECEIVED -> arrow(line, middle, at, happening.label());
      case LOST -> lost(line, at, happening);
      case NOTE -> put(line, at + 2, "* " + happening.label());
    }
    return line.toString().stripTrailing();
  }

  private static void arrow(StringBuilder line, int from, int to, String label) {
    int left = Math.min(from, to) + 1;
    int width = Math.max(from, to) - left;
    String shown = label.length() > width - 6 ? label.substring(0, width - 6) : label;
    String shaft = Strings.padEnd("-- " + shown + " ", width, '-');
    boolean right = to > from;
    put(
        line,
        left,
        right ? shaft.substring(0, width - 1) + ">" : "<" + shaft.substring(0, width - 1));
  }

  private void lost(StringBuilder line, int at, Happening happening) {
    boolean sent = happening.detail().equals("sent");
    arrow(line, sent ? at : middle, sent ? middle : at, happening.label());
    int left = Math.min(at, middle);
    int right = Math.max(at, middle);
    boolean towardsRight = sent == (at < middle);
    put(line, towardsRight ? right - 1 : left + 1, "x");
  }

  private static void put(StringBuilder line, int at, String text) {
    while (line.length() < at + text.length()) {
      line.append(' ');
    }
    line.replace(at, at + text.length(), text);
  }

  private record Line(long nanos, String text) {}
}
