package org.ringdown.gateway.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
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
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(":", -1))
        .anyMatch(dir -> Files.isExecutable(Path.of(dir, program)));
  }
}
