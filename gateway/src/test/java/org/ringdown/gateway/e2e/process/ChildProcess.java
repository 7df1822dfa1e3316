package org.ringdown.gateway.e2e.process;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program started by a test. What it prints is kept in a file; it ends with {@link #close()} or,
 * should the test be killed, with the Java process. Safe from any thread.
 */
public final class ChildProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final String name;
  private final Path log;
  private final Process process;
  private final BufferedWriter input;
  private final Thread atExit;

  private ChildProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
    this.input = process.outputWriter(StandardCharsets.UTF_8);
    this.atExit = new Thread(() -> killTree(process), "end-" + name);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Starts a program in {@code dir}, with all it prints going to {@code dir/name.log}. */
  public static ChildProcess start(
      String name, Path dir, Map<String, String> env, List<String> command) {
    Path log = dir.resolve(name + ".log");
    return launch(name, log, builder(dir, env, command).redirectErrorStream(true));
  }

  /** Starts a program whose output is read by {@link #output()}; its errors go to the log. */
  public static ChildProcess startTalking(
      String name, Path dir, Map<String, String> env, List<String> command) {
    Path log = dir.resolve(name + ".log");
    ProcessBuilder builder = builder(dir, env, command).redirectError(log.toFile());
    builder.redirectOutput(ProcessBuilder.Redirect.PIPE);
    return launch(name, log, builder);
  }

  private static ProcessBuilder builder(Path dir, Map<String, String> env, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile());
    builder.environment().putAll(env);
    return builder;
  }

  private static ChildProcess launch(String name, Path log, ProcessBuilder builder) {
    if (builder.redirectErrorStream()) {
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    }
    try {
      return new ChildProcess(name, log, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + builder.command(), e);
    }
  }

  /** Writes a line to the program's standard input. */
  public synchronized void say(String line) {
    try {
      input.write(line);
      input.newLine();
      input.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " does not listen any more; see " + log, e);
    }
  }

  /** The program's standard output, if it was started talking. */
  public InputStream output() {
    return process.getInputStream();
  }

  /** What the program has printed so far. */
  public String log() {
    try {
      return Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where {@link #log()} is kept. */
  public Path logFile() {
    return log;
  }

  /** Whether the program still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Asks the program to end (SIGTERM). */
  public void terminate() {
    process.destroy();
  }

  /** Sends the program a signal, such as {@code HUP}. */
  public void signal(String signal) {
    try {
      new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the program and its children without asking (SIGKILL). */
  public void kill() {
    killTree(process);
  }

  /**
   * Waits for the program to end by itself.
   *
   * @return its exit status
   * @throws IllegalStateException if it still runs when the time is over
   */
  public int awaitExit(Duration limit) {
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException(name + " still runs after " + limit + "; see " + log);
  }

  /** Ends the program with SIGTERM and, if it takes too long, kills it and its children. */
  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    terminate();
    try {
      process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    killTree(process);
    children.forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private static void killTree(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
