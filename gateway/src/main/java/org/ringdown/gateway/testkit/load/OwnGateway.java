package org.ringdown.gateway.testkit.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ringdown.gateway.Main;
import org.ringdown.gateway.testkit.load.traffic.Target.Users;
import org.ringdown.gateway.testkit.load.worker.JavaCommand;
import tools.jackson.databind.json.JsonMapper;

/** A gateway in a process of its own on free ports of loopback, with users for the load. */
final class OwnGateway implements AutoCloseable {
  private static final String JAVA_OPTIONS = "/org/ringdown/gateway/java-options";
  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 10;
  private static final long LOOK_MS = 50;
  private static final int SHOWN_CHARACTERS = 2_000;
  private static final String MANY = "100000";

  private final Path directory;
  private final int sip;
  private final int web;
  private final Process process;

  private OwnGateway(Path directory, int sip, int web, Process process) {
    this.directory = directory;
    this.sip = sip;
    this.web = web;
    this.process = process;
  }

  /**
   * Starts one; it is not up yet.
   *
   * @param javaOptions more options of the Java machine
   */
  static OwnGateway start(List<String> javaOptions, Users pages, Users phones) throws IOException {
    Path directory = Files.createTempDirectory("ringdown-load-");
    int sip = freeUdpPort();
    int web = freeTcpPort();
    Path config = directory.resolve("gateway.yaml");
    String settings = // JSON is YAML
        JsonMapper.builder().build().writeValueAsString(settings(sip, web, pages, phones));
    Files.writeString(config, settings);
    List<String> options = new ArrayList<>(usualOptions());
    options.addAll(javaOptions);
    List<String> command = JavaCommand.of(options, Main.class, "--config", config.toString());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile());
    builder.environment().put("RINGDOWN_LOG", System.getProperty("ringdown.load.log", "info"));
    return new OwnGateway(directory, sip, web, builder.start());
  }

  /** As scripts/start has them. */
  private static ImmutableList<String> usualOptions() throws IOException {
    return Resources.readLines(Resources.getResource(OwnGateway.class, JAVA_OPTIONS), UTF_8)
        .stream()
        .filter(line -> line.startsWith("-"))
        .collect(ImmutableList.toImmutableList());
  }

  private static int freeUdpPort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static int freeTcpPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static ImmutableMap<String, Object> settings(
      int sip, int web, Users pages, Users phones) {
    Map<String, Object> users = new LinkedHashMap<>();
    addUsers(users, pages);
    addUsers(users, phones);
    return ImmutableMap.of(
        "sip", Map.of("listen", List.of("udp:127.0.0.1:" + sip)),
        "web", web(web),
        "media",
            Map.of(
                "listen",
                "127.0.0.1:0",
                "rtp",
                Map.of("bind", "127.0.0.1", "ports", "10000-31999")),
        "calls", Map.of("maxCalls", MANY),
        "admin", noListen(),
        "users", users);
  }

  private static Map<String, Object> web(int port) {
    Map<String, Object> web = new LinkedHashMap<>();
    web.put("http", "127.0.0.1:" + port);
    web.put("https", null);
    web.put("maxCallsPerSession", 1000);
    web.put(
        "limits",
        Map.of(
            "callsPerUser", MANY,
            "socketsPerAddress", MANY,
            "messagesPerSecond", 10_000));
    return web;
  }

  private static Map<String, Object> noListen() {
    Map<String, Object> admin = new LinkedHashMap<>();
    admin.put("listen", null);
    return admin;
  }

  private static void addUsers(Map<String, Object> all, Users users) {
    for (int i = 0; i < users.count(); i++) {
      all.put(users.name(i), Map.of("password", users.password()));
    }
  }

  /**
   * Waits until it is up.
   *
   * @throws IOException if it does not come up; the message has the end of its log
   */
  void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!isListening()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        String log = Files.readString(directory.resolve("log"));
        throw new IOException(
            "the gateway does not start: "
                + log.substring(Math.max(0, log.length() - SHOWN_CHARACTERS)));
      }
      Thread.sleep(LOOK_MS);
    }
  }

  private boolean isListening() {
    try (Socket unused = new Socket(InetAddress.getLoopbackAddress(), web)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  InetSocketAddress sip() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), sip);
  }

  URI web() {
    return URI.create("ws://127.0.0.1:" + web + "/ws");
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      deleteDirectory();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** With its configuration and its log, and what it has written beside them itself. */
  private void deleteDirectory() throws IOException {
    if (!Files.isDirectory(directory)) {
      return; // done already
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
