package org.ringdown.gateway.testkit.reader;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ringdown.gateway.testkit.script.Place;

/** What is wrong with a script, and where. Not thread-safe. */
final class Mistakes {
  private final List<Mistake> found = new ArrayList<>();

  void add(Place place, String text) {
    found.add(new Mistake(place, text));
  }

  void check() throws ScriptException {
    if (!found.isEmpty()) {
      throw new ScriptException(
          found.stream()
              .sorted(Comparator.comparingInt(mistake -> mistake.place().line()))
              .map(mistake -> mistake.place() + ": " + mistake.text())
              .distinct()
              .collect(ImmutableList.toImmutableList()));
    }
  }

  private record Mistake(Place place, String text) {}
}
