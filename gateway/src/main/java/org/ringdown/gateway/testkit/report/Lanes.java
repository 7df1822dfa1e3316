package org.ringdown.gateway.testkit.report;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ringdown.gateway.testkit.script.ActorPlan;
import org.ringdown.gateway.testkit.script.ActorPlan.Kind;
import org.ringdown.gateway.testkit.stage.Happening;

/**
 * A column for each actor and one for the gateway, and what happens between them as lines of text.
 * What does not fit on an arrow stands above it; nothing but the words of a status is left out.
 */
final class Lanes {
  private static final int WIDEST_LANE = 32;
  private static final int NARROWEST_LANE = 8;
  private static final int FIRST = 9;

  /** What an arrow has besides its label: {@code "-- "}, a blank, a line and the point. */
  private static final int SHAFT = 6;

  private static final String GATEWAY = "gateway";

  private final Map<String, Integer> columns = new LinkedHashMap<>();
  private final int width;
  private final int lane;
  private final int middle;

  Lanes(Iterable<ActorPlan> actors, int width) {
    List<String> left = new ArrayList<>();
    List<String> right = new ArrayList<>();
    actors.forEach(plan -> (plan.kind() == Kind.PAGE ? right : left).add(plan.name()));
    int room = (width - FIRST - 1) / Math.max(1, left.size() + right.size());
    this.width = width;
    lane = Math.max(NARROWEST_LANE, Math.min(WIDEST_LANE, room));
    left.forEach(name -> columns.put(name, FIRST + lane * columns.size()));
    middle = FIRST + lane * columns.size();
    columns.put(GATEWAY, middle);
    right.forEach(name -> columns.put(name, FIRST + lane * columns.size()));
  }

  /** The names above their lanes, in two rows where they are too long for one. */
  ImmutableList<String> head() {
    boolean one = columns.keySet().stream().allMatch(name -> name.length() < lane);
    StringBuilder upper = new StringBuilder();
    StringBuilder lower = new StringBuilder();
    boolean up = true;
    for (Map.Entry<String, Integer> column : columns.entrySet()) {
      String name = column.getKey();
      put(one || up ? upper : lower, column.getValue() - name.length() / 2, name);
      up = !up;
    }
    return one
        ? ImmutableList.of(upper.toString())
        : ImmutableList.of(upper.toString(), lower.toString());
  }

  /** One happening: a line, or more where its words need the room. */
  ImmutableList<String> draw(Happening happening) {
    int at = columns.getOrDefault(happening.actor(), middle);
    return switch (happening.kind()) {
      case SENT -> arrow(happening, at, middle, false);
      case RECEIVED -> arrow(happening, middle, at, false);
      case LOST -> {
        boolean sent = happening.detail().equals("sent");
        yield arrow(happening, sent ? at : middle, sent ? middle : at, true);
      }
      case NOTE -> note(happening, at);
    };
  }

  private StringBuilder lifelines(String time) {
    StringBuilder line = new StringBuilder(time);
    columns.values().forEach(at -> put(line, at, "|"));
    return line;
  }

  private static String time(Happening happening) {
    return String.format(Locale.ROOT, "%7.3f", happening.seconds());
  }

  private ImmutableList<String> arrow(Happening happening, int from, int to, boolean lost) {
    int left = Math.min(from, to) + 1;
    int length = Math.abs(from - to) - 1;
    String label = StatusLabel.shortened(happening.label(), length + 1 - SHAFT);
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    boolean fits = label.length() <= length + 1 - SHAFT;
    StringBuilder line = lifelines(time(happening));
    if (!fits) {
      put(line, Math.max(FIRST, Math.min(left + 1, width - label.length())), label);
      lines.add(line.toString());
      line = lifelines("");
    }
    String shaft = Strings.padEnd(fits ? "-- " + label + " " : "", length - 1, '-');
    boolean rightwards = to > from;
    put(line, left, rightwards ? shaft + (lost ? "x" : ">") : (lost ? "x" : "<") + shaft);
    return lines.add(line.toString()).build();
  }

  /** Beside its owner: to the right where there is room, else to the left, else as lines. */
  private ImmutableList<String> note(Happening happening, int at) {
    String text = "* " + happening.label();
    int start = at + 2 + text.length() <= width ? at + 2 : Math.max(FIRST, at - 1 - text.length());
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    String time = time(happening);
    for (String part : Wrapped.lines(text, width - start, "")) {
      StringBuilder line = lifelines(time);
      put(line, start, part);
      lines.add(line.toString().stripTrailing());
      time = "";
    }
    return lines.build();
  }

  private static void put(StringBuilder line, int at, String text) {
    int start = Math.max(0, at);
    while (line.length() < start + text.length()) {
      line.append(' ');
    }
    line.replace(start, start + text.length(), text);
  }
}
