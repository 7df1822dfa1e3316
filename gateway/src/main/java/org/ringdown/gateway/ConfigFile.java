package org.ringdown.gateway;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.ringdown.gateway.config.Differences;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.config.reader.ConfigLoader;
import org.ringdown.gateway.config.yaml.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration file of a running gateway. It is read again when it has changed, or when
 * somebody asks for it; one with mistakes changes nothing. Safe from any thread.
 */
final class ConfigFile implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ConfigFile.class);
  private static final int LOOK_EVERY_SECONDS = 2;

  /** What a running gateway takes up; all else needs a restart. */
  private static final ImmutableList<String> LIVE =
      ImmutableList.of(
          "users",
          "extensions",
          "trunks",
          "routes",
          "headers",
          "calls",
          "sip.registration",
          "sip.dialogs",
          "media.phones");

  /** But for this, which is open while the gateway runs. */
  private static final String OPEN = "sip.registration.file";

  private static final ImmutableList<String> COUNTED = ImmutableList.of("users", "extensions");

  private final Path path;
  private final GatewayConfig started;
  private final Taker gateway;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          new ThreadFactoryBuilder().setNameFormat("configuration").setDaemon(true).build());
  private GatewayConfig current;
  private byte[] read;
  private byte[] seen;

  /**
   * A file that is looked at every two seconds.
   *
   * @param started what it held when the gateway started
   */
  ConfigFile(Path path, GatewayConfig started, Taker gateway) {
    this.path = path;
    this.started = started;
    this.current = started;
    this.gateway = gateway;
    this.read = content();
    this.seen = read;
    watch.scheduleWithFixedDelay(
        this::look, LOOK_EVERY_SECONDS, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /** Whoever takes up what may change while calls go on. */
  interface Taker {
    /** Takes it up, or throws and leaves all as it was. */
    void change(GatewayConfig config) throws IOException;
  }

  /**
   * What came of reading the file again.
   *
   * @param problems what is wrong with it, with path and line; then nothing has changed
   * @param changed the settings that are others now
   * @param needRestart the settings that would be others after a restart
   */
  record Outcome(
      ImmutableList<String> problems,
      ImmutableList<String> changed,
      ImmutableList<String> needRestart) {
    static Outcome bad(ImmutableList<String> problems) {
      return new Outcome(problems, ImmutableList.of(), ImmutableList.of());
    }
  }

  /** A file that somebody is still writing is left alone until it stays as it is. */
  private synchronized void look() {
    byte[] now = content();
    boolean isStill = Arrays.equals(now, seen);
    seen = now;
    if (isStill && now.length > 0 && !Arrays.equals(now, read)) {
      reload();
    }
  }

  private byte[] content() {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      return new byte[0];
    }
  }

  /** Reads the file now, whether it has changed or not, and takes up what may change. */
  synchronized Outcome reload() {
    read = content();
    try {
      return told(taken(ConfigLoader.load(path, System::getenv)));
    } catch (ConfigException e) {
      return told(Outcome.bad(e.problems()));
    } catch (IOException e) {
      return told(Outcome.bad(ImmutableList.of(String.valueOf(e.getMessage()))));
    } catch (RuntimeException e) {
      log.error("the configuration could not be taken up", e);
      return Outcome.bad(ImmutableList.of("the gateway failed to take it up; its log says why"));
    }
  }

  private Outcome taken(GatewayConfig config) throws IOException {
    if (config.hasDemoUsers() && !started.hasDemoUsers()) {
      return Outcome.bad(
          ImmutableList.of("users: without any the gateway makes its own, which needs a restart"));
    }
    gateway.change(config);
    ImmutableList<String> changed = differences(current, config, ConfigFile::isLive);
    current = config;
    return new Outcome(
        ImmutableList.of(), changed, differences(started, config, path -> !isLive(path)));
  }

  private static ImmutableList<String> differences(
      GatewayConfig before, GatewayConfig after, Predicate<String> which) {
    return Differences.between(before, after).stream()
        .filter(which)
        .collect(ImmutableList.toImmutableList());
  }

  private static boolean isLive(String path) {
    return !path.equals(OPEN)
        && LIVE.stream().anyMatch(live -> path.equals(live) || path.startsWith(live + "."));
  }

  private Outcome told(Outcome outcome) {
    if (!outcome.problems().isEmpty()) {
      log.warn("{} has mistakes; what was before still holds", path);
      outcome.problems().forEach(problem -> log.warn("  {}", problem));
      return outcome;
    }
    log.info("{} was read again; changed: {}", path, brief(outcome.changed()));
    if (!outcome.needRestart().isEmpty()) {
      log.warn("need a restart to change: {}", String.join(", ", outcome.needRestart()));
    }
    return outcome;
  }

  /** Users and numbers are counted, not named. */
  private static String brief(ImmutableList<String> changed) {
    ImmutableList.Builder<String> words = ImmutableList.builder();
    for (String counted : COUNTED) {
      long count = changed.stream().filter(path -> path.startsWith(counted + ".")).count();
      if (count > 0) {
        words.add(count + " of " + counted);
      }
    }
    changed.stream()
        .filter(path -> COUNTED.stream().noneMatch(counted -> path.startsWith(counted + ".")))
        .forEach(words::add);
    String text = String.join(", ", words.build());
    return text.isEmpty() ? "nothing" : text;
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
