package org.ringdown.gateway.testkit.web;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.stage.GatewayAddress;
import org.ringdown.gateway.testkit.stage.Happening.Kind;
import org.ringdown.gateway.testkit.stage.Inbox;
import org.ringdown.gateway.testkit.stage.Stage;
import org.ringdown.gateway.testkit.stage.StepFailure;
import org.ringdown.gateway.testkit.stage.Trace;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON side of a page: requests and their replies, events and their numbers, and the session
 * that outlives its socket. Safe from any thread.
 */
final class Page implements AutoCloseable {
  private static final String INSECURE = " (--insecure takes any certificate)";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Stage stage;
  private final String actor;
  private final Consumer<JsonNode> onEvent;
  private final Inbox<JsonNode> inbox = new Inbox<>();
  private final Relay relay;
  private @Nullable PageSocket socket;
  private String session = "";
  private String token = "";
  private long ack;
  private int requests;

  Page(Stage stage, String actor, Consumer<JsonNode> onEvent) throws IOException {
    this.stage = stage;
    this.actor = actor;
    this.onEvent = onEvent;
    this.relay = Relay.open();
  }

  Inbox<JsonNode> inbox() {
    return inbox;
  }

  Relay relay() {
    return relay;
  }

  /** Opens a WebSocket; an older one is forgotten. */
  void connect(GatewayAddress gateway) throws StepFailure, InterruptedException {
    try {
      PageSocket fresh = PageSocket.connect(gateway, relay, this::onText, this::onClose);
      synchronized (this) {
        socket = fresh;
      }
    } catch (IOException e) {
      String hint = String.valueOf(e.getMessage()).contains("SSLHandshake") ? INSECURE : "";
      throw new StepFailure("no WebSocket at " + gateway.web() + hint, e);
    }
  }

  void signIn(String user, String password) throws StepFailure, InterruptedException {
    request("hello", Map.of("user", user, "password", password, "device", "call-test"));
    await("welcome");
  }

  void resume() throws StepFailure, InterruptedException {
    long seen;
    synchronized (this) {
      seen = ack;
    }
    request("hello", Map.of("session", session, "resumeToken", token, "ack", seen));
  }

  private void await(String type) throws StepFailure, InterruptedException {
    Optional<JsonNode> found =
        stage.trace().await(stage.limit(), () -> inbox.see(message -> type(message).equals(type)));
    if (found.isEmpty()) {
      throw new StepFailure("no " + type + " within " + Trace.seconds(stage.limit()));
    }
  }

  static String type(JsonNode message) {
    return message.path("type").asString("");
  }

  /**
   * Sends a request that must be accepted.
   *
   * @throws StepFailure if it gets an error, or no reply at all
   */
  void request(String type, Map<String, ?> fields) throws StepFailure, InterruptedException {
    String id = send(type, fields);
    JsonNode reply =
        stage
            .trace()
            .await(stage.limit(), () -> inbox.take(message -> isReply(message, id)))
            .orElseThrow(
                () ->
                    new StepFailure(type + " got no reply within " + Trace.seconds(stage.limit())));
    if (type(reply).equals("error")) {
      throw new StepFailure(
          type
              + " was refused: "
              + reply.path("code").asString("")
              + ", "
              + reply.path("message").asString(""));
    }
  }

  private static boolean isReply(JsonNode message, String id) {
    return message.path("id").asString("").equals(id) && !message.has("seq");
  }

  /** Sends a request; its {@code id} unless the fields have one. */
  String send(String type, Map<String, ?> fields) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("type", type);
    String id;
    synchronized (this) {
      id = "r" + ++requests;
      message.put("id", id);
      if (ack > 0 && !type.equals("hello")) {
        message.put("ack", ack);
      }
    }
    message.putAll(fields);
    sendText(JSON.writeValueAsString(message), type);
    return id;
  }

  void sendText(String text, String label) {
    PageSocket open;
    synchronized (this) {
      open = socket;
    }
    stage.trace().add(actor, Kind.SENT, label, masked(text));
    if (open != null) {
      open.send(text);
    }
  }

  private static String masked(String text) {
    return text.replaceAll("(\"(password|resumeToken|token)\":\")[^\"]*", "$1***");
  }

  private void onText(String text) {
    try {
      JsonNode message = JSON.readTree(text);
      stage.trace().add(actor, Kind.RECEIVED, label(message), masked(text));
      learn(message);
      onEvent.accept(message);
      inbox.add(message);
      stage.trace().wake();
    } catch (JacksonException e) {
      stage.trace().add(actor, Kind.RECEIVED, "no JSON", text);
    }
  }

  private static String label(JsonNode message) {
    String more =
        switch (type(message)) {
          case "media" -> message.path("state").asString("");
          case "error" -> message.path("code").asString("");
          case "hangup" -> message.path("reason").path("code").asString("");
          case "dtmf" -> message.path("digit").asString("");
          default -> "";
        };
    return type(message) + (more.isEmpty() ? "" : " " + more);
  }

  private synchronized void learn(JsonNode message) {
    ack = Math.max(ack, message.path("seq").asLong(0));
    if (type(message).equals("welcome")) {
      session = message.path("session").asString("");
      token = message.path("resumeToken").asString("");
    }
  }

  private void onClose(int code, String reason) {
    ObjectNode closed = JSON.createObjectNode();
    closed.put("type", "closed").put("code", code).put("reason", reason);
    stage.trace().add(actor, Kind.RECEIVED, "closed " + code, reason);
    inbox.add(closed);
    stage.trace().wake();
  }

  /** The value at a JSON pointer, as text. */
  static Optional<String> at(JsonNode message, String pointer) {
    JsonNode node = message.at(pointer.startsWith("/") ? pointer : "/" + pointer);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    return Optional.of(node.isValueNode() ? node.asString("") : node.toString());
  }

  /** The digits of all dtmf events not taken yet. */
  String digits() {
    return inbox.open().stream()
        .filter(message -> type(message).equals("dtmf"))
        .map(message -> at(message, "/digit").orElse(""))
        .collect(Collectors.joining());
  }

  /** Takes that many of them. */
  void forgetDigits(int count) {
    for (int i = 0; i < count; i++) {
      inbox.take(message -> type(message).equals("dtmf"));
    }
  }

  @Override
  public void close() {
    PageSocket open;
    synchronized (this) {
      open = socket;
      socket = null;
    }
    if (open != null) {
      open.abort();
    }
    try {
      relay.close();
    } catch (IOException e) {
      stage.trace().note(actor, "does not close: " + e.getMessage());
    }
  }
}
