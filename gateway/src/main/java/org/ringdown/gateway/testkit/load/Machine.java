package org.ringdown.gateway.testkit.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine that the load runs on. */
final class Machine {
  private static final Path CPU = Path.of("/proc/cpuinfo");

  private Machine() {}

  /** How many cores of which kind. */
  static String describe() {
    return Runtime.getRuntime().availableProcessors() + " x " + model();
  }

  private static String model() {
    try {
      return Files.readAllLines(CPU).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse(System.getProperty("os.arch", "?"));
    } catch (IOException e) {
      return System.getProperty("os.arch", "?");
    }
  }
}
