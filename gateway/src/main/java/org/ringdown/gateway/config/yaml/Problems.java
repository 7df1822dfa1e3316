package org.ringdown.gateway.config.yaml;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wrong with one file, and where its settings are. Not thread-safe: one load's own. */
public final class Problems {
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Integer> lines = new HashMap<>();

  /** Remembers the line, from 1, that a setting is on. */
  public void locate(String path, int line) {
    lines.putIfAbsent(path, line);
  }

  /** Something is wrong with a setting. */
  public void add(String path, String text) {
    add(path, lineOf(path), text);
  }

  /** Something is wrong on a line that is not the setting's first. */
  public void add(String path, @Nullable Integer line, String text) {
    problems.add(new Problem(path, line, text));
  }

  /** Whether the setting, or anything within it, is known to be wrong. */
  public boolean concern(String path) {
    return problems.stream().anyMatch(problem -> within(problem.path, path));
  }

  /**
   * Ends the load.
   *
   * @throws ConfigException if anything is wrong
   */
  public void check() throws ConfigException {
    if (!problems.isEmpty()) {
      throw new ConfigException(
          problems.stream()
              .sorted(Comparator.comparingInt(Problem::order))
              .map(Problem::show)
              .collect(ImmutableList.toImmutableList()));
    }
  }

  /** The line of a setting, or of the nearest section around it that is in the file. */
  private @Nullable Integer lineOf(String path) {
    for (String at = path; !at.isEmpty(); at = parent(at)) {
      Integer line = lines.get(at);
      if (line != null) {
        return line;
      }
    }
    return null;
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
  }

  private static boolean within(String inner, String outer) {
    return inner.equals(outer) || inner.startsWith(outer + ".") || inner.startsWith(outer + "[");
  }

  private record Problem(String path, @Nullable Integer line, String text) {
    int order() {
      return line == null ? 0 : line;
    }

    String show() {
      return line == null ? path + ": " + text : path + " (line " + line + "): " + text;
    }
  }
}
