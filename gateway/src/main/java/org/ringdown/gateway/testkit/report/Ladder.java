package org.ringdown.gateway.testkit.report;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.ringdown.gateway.testkit.run.Outcome;
import org.ringdown.gateway.testkit.run.StepResult;
import org.ringdown.gateway.testkit.stage.Happening;

/**
 * What went over both wires as a picture in plain text: phones on the left, the gateway in the
 * middle, pages on the right, the state of media beside their owners, the steps between the lines.
 */
public final class Ladder {
  /** How wide it is where nobody says: what every terminal and mail has room for. */
  public static final int USUAL_WIDTH = 80;

  private static final String INDENT = "       ";

  private final Outcome outcome;
  private final Lanes lanes;
  private final int width;

  private Ladder(Outcome outcome, int width) {
    this.outcome = outcome;
    this.width = width;
    this.lanes = new Lanes(outcome.script().actors().values(), width);
  }

  /** The ladder of a run, line by line, for 80 columns. */
  public static ImmutableList<String> of(Outcome outcome) {
    return of(outcome, USUAL_WIDTH);
  }

  /** The ladder of a run, line by line, for a terminal of this width. */
  static ImmutableList<String> of(Outcome outcome, int width) {
    return new Ladder(outcome, width).lines();
  }

  private ImmutableList<String> lines() {
    List<Line> lines = new ArrayList<>();
    for (StepResult step : outcome.steps()) {
      lines.add(text(step.nanos(), "  -- " + step.place().line() + "  " + step.text()));
      String failure = step.failure();
      if (failure != null) {
        lines.add(text(end(step), "  >> FAILED: " + failure));
      }
    }
    long from = outcome.steps().stream().mapToLong(StepResult::nanos).min().orElse(0);
    long to = outcome.steps().stream().mapToLong(Ladder::end).max().orElse(Long.MAX_VALUE);
    for (Happening happening : outcome.happenings()) {
      if (happening.nanos() >= from && happening.nanos() <= to) {
        lines.add(new Line(happening.nanos(), lanes.draw(happening)));
      }
    }
    lines.sort(Comparator.comparingLong(Line::nanos));
    ImmutableList.Builder<String> text = ImmutableList.builder();
    text.addAll(lanes.head());
    leftOut(h -> h.nanos() < from, "before: everybody signs in").ifPresent(text::add);
    lines.forEach(line -> text.addAll(line.text()));
    leftOut(h -> h.nanos() > to, "after: everybody leaves").ifPresent(text::add);
    return text.build();
  }

  private Line text(long nanos, String text) {
    return new Line(nanos, Wrapped.lines(text, width, INDENT));
  }

  private static long end(StepResult step) {
    return step.nanos() + step.lastedNanos();
  }

  /** Nobody needs to see how actors come and go, unless that is what fails. */
  private Optional<String> leftOut(Predicate<Happening> which, String why) {
    long count = outcome.happenings().stream().filter(which).count();
    return count == 0 ? Optional.empty() : Optional.of("  (" + why + ", " + count + " lines)");
  }

  private record Line(long nanos, ImmutableList<String> text) {}
}
