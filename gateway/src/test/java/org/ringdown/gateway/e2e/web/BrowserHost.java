package org.ringdown.gateway.e2e.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.ringdown.gateway.e2e.process.ChildProcess;
import org.ringdown.gateway.e2e.process.WorkDir;
import org.ringdown.gateway.e2e.sound.Tone;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Real browsers without a screen, driven by one node process that is spoken to in JSON lines. Safe
 * from any thread.
 */
public final class BrowserHost implements AutoCloseable {
  /** The kinds of browser there are. */
  public enum Kind {
    CHROMIUM,
    FIREFOX
  }

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path dir;
  private final Path scripts;
  private final ChildProcess driver;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final Map<Kind, PulseAudio> soundServers = new ConcurrentHashMap<>();

  private BrowserHost(Path dir, Path scripts, ChildProcess driver) {
    this.dir = dir;
    this.scripts = scripts;
    this.driver = driver;
    Thread reader = new Thread(this::read, "browser-driver");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts the driver; the browsers follow by {@link #launch}. */
  public static BrowserHost start(Path dir, Path scripts) {
    return start(dir, scripts, List.of());
  }

  /** As {@link #start(Path, Path)}, in a network of its own. */
  public static BrowserHost start(Path dir, Path scripts, BrowserNetwork network) {
    return start(dir, scripts, network.prefix());
  }

  private static BrowserHost start(Path dir, Path scripts, List<String> prefix) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of("node", scripts.resolve("driver.mjs").toString()));
    return new BrowserHost(
        dir, scripts, ChildProcess.startTalking("driver", dir, Map.of(), command));
  }

  /** Starts a browser under that name whose microphone hears the tone; returns its version. */
  public String launch(String browser, Kind kind, Tone microphone) {
    return launch(browser, kind, microphone, "");
  }

  /**
   * As {@link #launch(String, Kind, Tone)}, for pages of a host that is not this machine.
   *
   * @param origin where pages have a microphone though they come by plain HTTP
   */
  public String launch(String browser, Kind kind, Tone microphone, String origin) {
    ObjectNode request = JSON.createObjectNode().put("origin", origin);
    request.put("cmd", "launch").put("browser", browser).put("kind", kindName(kind));
    request.put("profile", dir.resolve("profile-" + browser).toString());
    if (kind == Kind.CHROMIUM) {
      Path wav = microphone.write(dir.resolve(browser + ".wav"), 20, 48000, 1);
      request.put("microphone", wav.toString());
    } else {
      request.put("frequencyHz", (int) microphone.frequencyHz());
      PulseAudio pulse = soundServers.computeIfAbsent(kind, k -> PulseAudio.start(dir));
      request.set("env", JSON.valueToTree(pulse.environment()));
    }
    return command(request).asString();
  }

  /** Opens a page of that size and returns its name. */
  String open(String browser, String url, int width, int height) {
    ObjectNode request = JSON.createObjectNode();
    request.put("cmd", "open").put("browser", browser).put("url", url);
    return command(request.put("width", width).put("height", height)).asString();
  }

  /** Runs the body of an async JavaScript function of one parameter, {@code args}, in the page. */
  JsonNode evaluate(String page, String body, Map<String, ?> args) {
    ObjectNode request = JSON.createObjectNode();
    request.put("cmd", "evaluate").put("page", page).put("body", body);
    request.set("args", JSON.valueToTree(args));
    return command(request);
  }

  /** The JavaScript of a file that stands beside the driver. */
  String script(String file) {
    return WorkDir.read(scripts.resolve(file));
  }

  /** Carries out any other command of the driver on a page. */
  JsonNode command(String name, String page, Map<String, ?> fields) {
    ObjectNode request = JSON.valueToTree(fields);
    return command(request.put("cmd", name).put("page", page));
  }

  /** What pages printed ({@code console}) or threw ({@code pageerror}) so far. */
  public List<String> events(String page, String event) {
    return events.stream()
        .filter(e -> e.path("page").asString("").equals(page))
        .filter(e -> e.path("event").asString("").equals(event))
        .map(e -> e.path("text").asString(""))
        .toList();
  }

  private JsonNode command(ObjectNode request) {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> reply = new CompletableFuture<>();
    waiting.put(id, reply);
    driver.say(JSON.writeValueAsString(request.put("id", id)));
    try {
      return reply.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError(request + " failed: " + e.getMessage(), e);
    } catch (TimeoutException e) {
      throw new AssertionError(request + " had no reply; log: " + driver.logFile(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      waiting.remove(id);
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(driver.output(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        take(JSON.readTree(line));
      }
    } catch (IOException closed) {
      // The driver has ended; requests still waiting run into their time limit.
    }
  }

  private void take(JsonNode message) {
    CompletableFuture<JsonNode> reply = waiting.get(message.path("id").asInt(0));
    if (reply == null) {
      events.add(message);
    } else if (message.has("error")) {
      reply.completeExceptionally(new IllegalStateException(message.path("error").asString()));
    } else {
      reply.complete(message.path("value"));
    }
  }

  private static String kindName(Kind kind) {
    return kind == Kind.CHROMIUM ? "chromium" : "firefox";
  }

  /** Ends the browsers without asking: nobody needs what they would save. */
  @Override
  public void close() {
    driver.kill();
    driver.close();
    soundServers.values().forEach(PulseAudio::close);
  }
}
