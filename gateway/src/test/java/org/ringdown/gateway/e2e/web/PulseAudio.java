package org.ringdown.gateway.e2e.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.ringdown.gateway.e2e.process.ChildProcess;
import org.ringdown.gateway.e2e.process.WorkDir;

/** A private sound server whose sound goes nowhere: Firefox needs one for its AudioContext. */
final class PulseAudio implements AutoCloseable {
  private final Path home;
  private final ChildProcess process;

  private PulseAudio(Path home, ChildProcess process) {
    this.home = home;
    this.process = process;
  }

  static PulseAudio start(Path dir) {
    // Not in the work directory: the path of a Unix socket may have no more than 107 characters.
    Path home = temporary();
    List<String> command =
        List.of(
            "pulseaudio",
            "-n",
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--use-pid-file=no",
            "--disable-shm=yes",
            "--log-level=error",
            "--load=module-native-protocol-unix auth-anonymous=1 socket=" + socket(home),
            "--load=module-null-sink sink_name=nowhere rate=48000 channels=1");
    Map<String, String> env = Map.of("HOME", home.toString(), "XDG_RUNTIME_DIR", home.toString());
    PulseAudio pulse = new PulseAudio(home, ChildProcess.start("pulseaudio", dir, env, command));
    Awaitility.await("the sound server")
        .atMost(Duration.ofSeconds(10))
        .until(() -> Files.exists(socket(home)));
    return pulse;
  }

  /** What a program needs in its environment to use it. */
  Map<String, String> environment() {
    return Map.of("PULSE_SERVER", "unix:" + socket(home), "HOME", home.toString());
  }

  private static Path socket(Path home) {
    return home.resolve("pulse.sock");
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("ringdown-pulse");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
    WorkDir.deleteTree(home);
  }
}
