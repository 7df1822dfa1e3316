package org.ringdown.gateway.testkit.load.worker;

import com.google.common.collect.ImmutableList;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The command that runs another class of this program in a process of its own. Safe from any
 * thread.
 */
public final class JavaCommand {
  private static final Path SESSIONS = Path.of("/usr/bin/setsid");

  private JavaCommand() {}

  /**
   * With the Java machine and the classes of this process. Where it can be, the process has a
   * session of its own, so that Ctrl-C in a terminal is for whoever starts it alone.
   *
   * @param options of the Java machine
   * @param program what to run
   */
  public static ImmutableList<String> of(
      List<String> options, Class<?> program, String... arguments) {
    ImmutableList.Builder<String> command = ImmutableList.builder();
    if (Files.isExecutable(SESSIONS)) {
      command.add(SESSIONS.toString());
    }
    return command
        .add(Path.of(System.getProperty("java.home"), "bin", "java").toString())
        .addAll(options)
        .add("-cp", classPath(), program.getName())
        .add(arguments)
        .build();
  }

  private static String classPath() {
    return System.getProperty("java.class.path", "").replace("::", File.pathSeparator);
  }
}
