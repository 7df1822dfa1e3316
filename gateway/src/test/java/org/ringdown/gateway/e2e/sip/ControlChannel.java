package org.ringdown.gateway.e2e.sip;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Baresip's ctrl_tcp: JSON in netstrings, commands one way, events the other. */
final class ControlChannel implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Socket socket;
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();

  private ControlChannel(Socket socket) {
    this.socket = socket;
    Thread reader = new Thread(this::read, "ctrl-" + socket.getPort());
    reader.setDaemon(true);
    reader.start();
  }

  static ControlChannel connect(int port) {
    Socket socket =
        Awaitility.await("baresip's control port " + port)
            .atMost(Duration.ofSeconds(10))
            .ignoreExceptions()
            .until(() -> new Socket(InetAddress.getLoopbackAddress(), port), Socket::isConnected);
    return new ControlChannel(socket);
  }

  synchronized void send(String command, String params) {
    byte[] json =
        JSON.writeValueAsBytes(Map.of("command", command, "params", params, "token", "t"));
    try {
      socket.getOutputStream().write((json.length + ":").getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(json);
      socket.getOutputStream().write(',');
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<JsonNode> events(String type) {
    return events.stream().filter(event -> type.equals(event.path("type").asString(""))).toList();
  }

  void forget() {
    events.clear();
  }

  private void read() {
    try (DataInputStream in = new DataInputStream(socket.getInputStream())) {
      while (true) {
        int length = 0;
        for (int c = in.readUnsignedByte(); c != ':'; c = in.readUnsignedByte()) {
          length = length * 10 + (c - '0');
        }
        events.add(JSON.readTree(in.readNBytes(length)));
        in.readUnsignedByte();
      }
    } catch (IOException closed) {
      // The phone has ended, or the test closed the channel: there is nothing more to read.
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
