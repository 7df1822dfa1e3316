package org.ringdown.gateway.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Looks for the programs of {@link NeedsPrograms} in the search path. */
final class InstalledPrograms implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    List<String> missing =
        context.getTestClass().stream()
            .flatMap(test -> Stream.of(test.getAnnotationsByType(NeedsPrograms.class)))
            .flatMap(needs -> Stream.of(needs.value()))
            .filter(program -> !isInstalled(program))
            .toList();
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("all programs are there");
    }
    if (System.getProperty("ringdown.e2e.programs", "").equals("required")) {
      throw new IllegalStateException("not installed: " + missing);
    }
    return ConditionEvaluationResult.disabled("not installed: " + missing);
  }

  private static boolean isInstalled(String program) {
    if (program.startsWith("/")) {
      return isThere(program);
    }
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(":", -1))
        .anyMatch(dir -> Files.isExecutable(Path.of(dir, program)));
  }

  /** A file of a program, such as a module; its directory has another name on each machine. */
  private static boolean isThere(String pattern) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    Path fixed = Path.of(pattern.substring(0, pattern.indexOf('*')));
    int depth = Path.of(pattern).getNameCount() - fixed.getNameCount();
    try (Stream<Path> files = Files.walk(fixed, depth)) {
      return files.anyMatch(matcher::matches);
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }
}
