package org.ringdown.gateway.testkit.web;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.stage.AnyCertificate;
import org.ringdown.gateway.testkit.stage.GatewayAddress;
import org.ringdown.gateway.testkit.stage.Stage;
import org.ringdown.gateway.testkit.stage.StepFailure;
import org.ringdown.gateway.testkit.stage.TextSocket;
import org.ringdown.gateway.testkit.stage.Trace;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The JSON side of a page: requests and their replies, events and their numbers, and the session
 * that outlives its socket. Safe from any thread.
 */
final class Page implements AutoCloseable {
  static final String INSECURE = " (--insecure takes any certificate)";
  private static final List<String> SUBPROTOCOL = List.of("ringdown.v1");

  private final Stage stage;
  private final String actor;
  private final Consumer<JsonNode> onEvent;
  private final Messages messages;
  private final Relay relay;
  private @Nullable TextSocket socket;
  private String session = "";
  private String token = "";
  private long ack;
  private int requests;

  Page(Stage stage, String actor, Consumer<JsonNode> onEvent) throws IOException {
    this.stage = stage;
    this.actor = actor;
    this.onEvent = onEvent;
    messages = new Messages(stage.trace(), actor);
    this.relay = Relay.open();
  }

  Messages messages() {
    return messages;
  }

  Relay relay() {
    return relay;
  }

  /** Whether there ever was a WebSocket. */
  synchronized boolean wasConnected() {
    return socket != null;
  }

  /** Opens a WebSocket; an older one is forgotten. */
  void connect(GatewayAddress gateway) throws StepFailure, InterruptedException {
    try {
      HttpClient.Builder client = HttpClient.newBuilder().proxy(relay.proxy());
      if (gateway.anyCertificate()) {
        client.sslContext(AnyCertificate.context());
      }
      TextSocket fresh =
          TextSocket.connect(client, gateway.web(), SUBPROTOCOL, this::onText, messages::closed);
      synchronized (this) {
        socket = fresh;
      }
    } catch (IOException e) {
      String why = relay.trouble().orElse(String.valueOf(e.getMessage()));
      String hint = why.contains("SSLHandshake") ? INSECURE : "";
      throw new StepFailure("no WebSocket at " + gateway.web() + hint + ": " + why);
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
        stage
            .trace()
            .await(
                stage.replies(),
                () -> messages.inbox().see(message -> Messages.type(message).equals(type)));
    if (found.isEmpty()) {
      throw new StepFailure("no " + type + " within " + Trace.seconds(stage.replies()));
    }
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
            .await(stage.replies(), () -> messages.inbox().take(message -> isReply(message, id)))
            .orElseThrow(
                () ->
                    new StepFailure(
                        type + " got no reply within " + Trace.seconds(stage.replies())));
    if (Messages.type(reply).equals("error")) {
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
    sendText(Messages.JSON.writeValueAsString(message), type);
    return id;
  }

  void sendText(String text, String label) {
    TextSocket open;
    synchronized (this) {
      open = socket;
    }
    messages.sent(label, text);
    if (open != null) {
      open.send(text);
    }
  }

  private void onText(String text) {
    try {
      JsonNode message = Messages.JSON.readTree(text);
      messages.came(Messages.label(message), text);
      learn(message);
      onEvent.accept(message);
      messages.keep(message);
    } catch (JacksonException e) {
      messages.came("no JSON", text);
    }
  }

  private synchronized void learn(JsonNode message) {
    ack = Math.max(ack, message.path("seq").asLong(0));
    if (Messages.type(message).equals("welcome")) {
      session = message.path("session").asString("");
      token = message.path("resumeToken").asString("");
    }
  }

  @Override
  public void close() {
    TextSocket open;
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
