package org.ringdown.gateway.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.ringdown.gateway.e2e.process.ChildProcess;
import org.ringdown.gateway.e2e.process.WorkDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The built gateway, started as a user starts it. Safe from any thread. */
final class GatewayProcess implements AutoCloseable {
  /** What the gateway says it holds. */
  record Status(
      int calls,
      int sipLegs,
      int sessions,
      int mediaSessions,
      int rtpPorts,
      int peerTransports,
      int alarms,
      int bindings,
      int threads) {
    /** Whether nothing of any call is left. */
    boolean isWithoutCalls() {
      return calls == 0
          && sipLegs == 0
          && mediaSessions == 0
          && rtpPorts == 0
          && peerTransports == 0
          && alarms == 0;
    }
  }

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration RELEASE = Duration.ofSeconds(15);

  /** Code that runs only a few times is not worth the second compiler's work. */
  private static final String QUICK_TO_START = "-XX:TieredStopAtLevel=1";

  private final GatewaySettings settings;
  private final Path config;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ChildProcess process;

  private GatewayProcess(GatewaySettings settings, Path config, ChildProcess process) {
    this.settings = settings;
    this.config = config;
    this.process = process;
  }

  static GatewayProcess start(Path dir, Path jar, GatewaySettings settings) {
    return run(WorkDir.write(dir.resolve("gateway.yaml"), settings.yaml()), jar, settings);
  }

  /** Kills it (SIGKILL) and starts another in its place, with the same files. */
  GatewayProcess replaceKilled(Path jar) {
    process.kill();
    process.awaitExit(START);
    return run(config, jar, settings);
  }

  private static GatewayProcess run(Path config, Path jar, GatewaySettings settings) {
    Path dir = Objects.requireNonNull(config.getParent());
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(java, QUICK_TO_START, "-jar", jar.toString(), "--config", config.toString());
    ChildProcess process = ChildProcess.start("gateway", dir, Map.of(), command);
    GatewayProcess gateway = new GatewayProcess(settings, config, process);
    Awaitility.await("the gateway is up; log: " + process.logFile())
        .atMost(START)
        .failFast("the gateway has ended; log: " + process.logFile(), () -> !process.isAlive())
        .ignoreExceptions()
        .until(() -> gateway.get("/health").statusCode() == 200);
    return gateway;
  }

  int sipPort() {
    return settings.sipPort();
  }

  int webPort() {
    return settings.webPort();
  }

  /** Where the web phone is. */
  String webUrl() {
    return settings.webOrigin() + "/";
  }

  /** Where pages speak the protocol. */
  URI socketUri() {
    return URI.create("ws://127.0.0.1:" + settings.webPort() + "/ws");
  }

  /** The calls going on, as the operator sees them. */
  JsonNode calls() {
    return JSON.readTree(get("/calls").body());
  }

  Status status() {
    return JSON.readValue(get("/status").body(), Status.class);
  }

  /** How a trunk stands, as the operator's port says it: {@code state}, {@code reason}. */
  JsonNode trunk(String name) {
    return JSON.readTree(get("/trunks").body())
        .valueStream()
        .filter(trunk -> trunk.path("trunk").asString("").equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Waits until a trunk is {@code up} or {@code down}. */
  void awaitTrunk(String name, String state) {
    Awaitility.await("trunk " + name + " is " + state + "; log: " + process.logFile())
        .atMost(START)
        .until(() -> trunk(name).path("state").asString(""), state::equals);
  }

  /** Waits until nothing of any call is left. */
  void awaitNoCalls() {
    Awaitility.await("nothing of a call is left in the gateway")
        .atMost(RELEASE)
        .untilAsserted(
            () -> {
              Status status = status();
              if (!status.isWithoutCalls()) {
                throw new AssertionError("left: " + status + "; log: " + process.logFile());
              }
            });
  }

  /** Writes the configuration file anew, changed so; it is not told of it. */
  void rewriteConfig(UnaryOperator<String> change) {
    WorkDir.write(config, change.apply(WorkDir.read(config)));
  }

  /** Tells it to read its configuration file again; what it answers. */
  JsonNode reload() {
    URI uri = URI.create("http://127.0.0.1:" + settings.adminPort() + "/reload");
    HttpRequest post = HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()).build();
    return JSON.readTree(send(post).body());
  }

  /** Sends it SIGHUP. */
  void hangUp() {
    process.signal("HUP");
  }

  /** Waits until its log contains this. */
  void awaitLog(String text) {
    Awaitility.await(text + " in " + process.logFile())
        .atMost(START)
        .until(() -> log().contains(text));
  }

  /** Where it keeps the registrations. */
  Path registrations() {
    return config.resolveSibling("registrations.json");
  }

  /** Asks the gateway to end (SIGTERM). */
  void terminate() {
    process.terminate();
  }

  /** Waits for it to end and returns its exit status. */
  int awaitExit(Duration limit) {
    return process.awaitExit(limit);
  }

  String log() {
    return process.log();
  }

  private HttpResponse<String> get(String path) {
    URI uri = URI.create("http://127.0.0.1:" + settings.adminPort() + path);
    return send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
