package org.ringdown.gateway.testkit.chromium;

import com.google.common.base.Splitter;
import com.google.common.base.Strings;
import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A Chromium without a window and with a profile of its own. Safe from any thread. */
public final class Chromium implements AutoCloseable {
  /** Names of its builds and relatives, as they are found in {@code PATH}. */
  private static final ImmutableList<String> NAMES =
      ImmutableList.of(
          "chromium",
          "chromium-browser",
          "google-chrome",
          "google-chrome-stable",
          "chrome",
          "microsoft-edge");

  private static final String READY = "DevTools listening on ";
  private static final long START_SECONDS = 60;
  private static final long END_SECONDS = 10;

  private static final ImmutableList<String> ARGUMENTS =
      ImmutableList.of(
          "--headless",
          "--remote-debugging-port=0",
          "--no-first-run",
          "--no-default-browser-check",
          "--disable-background-networking",
          "--disable-background-timer-throttling",
          "--disable-component-update",
          "--disable-dev-shm-usage",
          "--disable-extensions",
          "--disable-gpu",
          "--disable-quic",
          "--disable-renderer-backgrounding",
          "--disable-sync",
          "--mute-audio",
          "--allow-loopback-in-peer-connection",
          "--autoplay-policy=no-user-gesture-required");

  private final Process process;
  private final Path profile;
  private final DevTools tools;
  private final Thread atExit;

  private Chromium(Process process, Path profile, Thread atExit, URI address)
      throws IOException, InterruptedException {
    this.process = process;
    this.profile = profile;
    this.atExit = atExit;
    tools = new DevTools(address);
  }

  private static Optional<Path> find(UnaryOperator<@Nullable String> environment) {
    String named = Strings.nullToEmpty(environment.apply("CHROMIUM"));
    if (!named.isEmpty()) {
      return Optional.of(Path.of(named));
    }
    List<String> directories =
        Splitter.on(File.pathSeparatorChar)
            .omitEmptyStrings()
            .splitToList(Strings.nullToEmpty(environment.apply("PATH")));
    return NAMES.stream()
        .flatMap(name -> directories.stream().map(directory -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts one; about a second.
   *
   * @param environment where {@code CHROMIUM} or else {@code PATH} says where it is
   * @throws IOException for a person, if there is none or it does not start
   */
  public static Chromium start(UnaryOperator<@Nullable String> environment)
      throws IOException, InterruptedException {
    Path program =
        find(environment)
            .orElseThrow(
                () ->
                    new IOException(
                        "there is no Chromium here; install one (apt-get install chromium), or say"
                            + " where it is in the environment variable CHROMIUM"));
    Path profile = Files.createTempDirectory("call-test-chromium");
    Process process = null;
    try {
      process = run(program, profile);
      Thread atExit = new Thread(process::destroyForcibly, "chromium-at-exit");
      Runtime.getRuntime().addShutdownHook(atExit);
      return new Chromium(process, profile, atExit, address(process));
    } catch (IOException | InterruptedException e) {
      if (process != null) {
        end(process);
      }
      delete(profile);
      throw e;
    }
  }

  private static Process run(Path program, Path profile) throws IOException {
    boolean root = "root".equals(System.getProperty("user.name"));
    List<String> command =
        Stream.of(
                Stream.of(program.toString(), "--user-data-dir=" + profile),
                ARGUMENTS.stream(),
                root ? Stream.of("--no-sandbox") : Stream.<String>of(),
                Stream.of("about:blank"))
            .flatMap(part -> part)
            .toList();
    try {
      return new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
          .start();
    } catch (IOException e) {
      throw new IOException("Chromium does not start: " + e.getMessage(), e);
    }
  }

  /** Where it says that it listens; what it says besides is read and thrown away. */
  private static URI address(Process process) throws IOException, InterruptedException {
    CompletableFuture<URI> address = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(process, address), "chromium-says");
    reader.setDaemon(true);
    reader.start();
    try {
      return address.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException(
          "Chromium does not start: " + Throwables.getRootCause(e).getMessage(), e);
    } catch (TimeoutException e) {
      throw new IOException("Chromium did not start within " + START_SECONDS + " s", e);
    }
  }

  private static void read(Process process, CompletableFuture<URI> address) {
    String last = "it says nothing";
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(READY)) {
          address.complete(URI.create(line.substring(READY.length()).trim()));
        }
        last = line.isBlank() ? last : line;
      }
    } catch (IOException e) {
      last = String.valueOf(e.getMessage());
    }
    address.completeExceptionally(new IOException(last));
  }

  /**
   * Opens an empty page with cookies and connections of its own.
   *
   * @param proxy host and port of an HTTP proxy, for loopback too
   * @param teller the name of the function by which the page tells something
   * @param onTold what it tells, in order; {@code "uncaught: ..."} is what its scripts throw
   */
  public Tab open(String proxy, String teller, Consumer<String> onTold)
      throws IOException, InterruptedException {
    return Tab.open(tools, proxy, teller, onTold);
  }

  @Override
  public void close() {
    tools.close();
    end(process);
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // the Java machine ends already
    }
    delete(profile);
  }

  /** Waits for its children too, which write into its profile. */
  private static void end(Process process) {
    Stream<ProcessHandle> family =
        Stream.concat(process.descendants(), Stream.of(process.toHandle()));
    CompletableFuture<?>[] ends =
        family.map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
    process.destroy();
    try {
      CompletableFuture.allOf(ends).get(END_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path profile) {
    try {
      MoreFiles.deleteRecursively(profile, RecursiveDeleteOption.ALLOW_INSECURE);
    } catch (IOException e) {
      profile.toFile().deleteOnExit();
    }
  }
}
