package org.ringdown.gateway.e2e.web;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.client.ClientUpgradeRequest;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A signed-in page that is no browser: it speaks the protocol {@code ringdown.v1} with session
 * descriptions it keeps in stock, and has no media. Safe from any thread.
 */
public final class WsPeer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final WebSocketClient client = new WebSocketClient();
  private final List<JsonNode> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final Session session;

  private WsPeer(URI uri) throws Exception {
    client.start();
    ClientUpgradeRequest request = new ClientUpgradeRequest(uri);
    request.setSubProtocols("ringdown.v1");
    session =
        client.connect(new Listener(received), request).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Connects and signs in. */
  public static WsPeer signIn(URI uri, String user, String password) {
    try {
      WsPeer peer = new WsPeer(uri);
      peer.send("hello", Map.of("user", user, "password", password, "device", "e2e"));
      peer.await("welcome");
      return peer;
    } catch (Exception e) {
      throw new IllegalStateException("no sign-in at " + uri, e);
    }
  }

  /** Sends a request and returns the gateway's reply, {@code ok} or {@code error}. */
  public JsonNode request(String type, Map<String, ?> fields) {
    String id = send(type, fields);
    return await("the reply to " + type + " " + id, () -> reply(id));
  }

  /** Sends a request that must be accepted. */
  public void must(String type, Map<String, ?> fields) {
    JsonNode reply = request(type, fields);
    if (!reply.path("type").asString("").equals("ok")) {
      throw new AssertionError(type + " was answered with " + reply);
    }
  }

  /** Calls; the call is known by {@code call}. */
  public void call(String call, String to) {
    must("call", Map.of("call", call, "to", to, "sdp", BrowserSdp.offer()));
  }

  /** Calls with header fields for the other side. */
  public void call(String call, String to, Map<String, String> headers) {
    must("call", Map.of("call", call, "to", to, "sdp", BrowserSdp.offer(), "headers", headers));
  }

  /** Waits for an incoming call, says that it rings, and returns the event. */
  public JsonNode awaitIncoming() {
    JsonNode incoming = await("incoming");
    must("ringing", Map.of("call", callOf(incoming)));
    return incoming;
  }

  /** Answers an incoming call. */
  public JsonNode answer(JsonNode incoming) {
    String sdp = BrowserSdp.answer(incoming.path("sdp").asString(""));
    return request("answer", Map.of("call", callOf(incoming), "sdp", sdp));
  }

  /** Answers an incoming call with header fields for the other side. */
  public void answer(JsonNode incoming, Map<String, String> headers) {
    String sdp = BrowserSdp.answer(incoming.path("sdp").asString(""));
    must("answer", Map.of("call", callOf(incoming), "sdp", sdp, "headers", headers));
  }

  /** Ends, refuses or cancels a call. */
  public void hangup(String call, String reason) {
    must("hangup", Map.of("call", call, "reason", reason));
  }

  /** Waits for the first message of a type since {@link #forget()}. */
  public JsonNode await(String type) {
    return await(type, () -> all(type).stream().findFirst());
  }

  private JsonNode await(String what, Callable<Optional<JsonNode>> look) {
    try {
      return Awaitility.await().atMost(PATIENCE).until(look, Optional::isPresent).orElseThrow();
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(what + " did not come; received: " + received, e);
    }
  }

  /** All messages of a type since {@link #forget()}. */
  public List<JsonNode> all(String type) {
    return received.stream().filter(m -> m.path("type").asString("").equals(type)).toList();
  }

  /** Forgets what has been received. */
  public void forget() {
    received.clear();
  }

  /** The name of an event's call. */
  public static String callOf(JsonNode event) {
    return event.path("call").asString("");
  }

  private String send(String type, Map<String, ?> fields) {
    String id = "e" + ids.incrementAndGet();
    ObjectNode message = JSON.createObjectNode().put("type", type).put("id", id);
    message.setAll(JSON.<ObjectNode>valueToTree(fields));
    session.sendText(JSON.writeValueAsString(message), Callback.NOOP);
    return id;
  }

  private Optional<JsonNode> reply(String id) {
    return received.stream()
        .filter(m -> m.path("id").asString("").equals(id) && !m.has("seq"))
        .findFirst();
  }

  /** Is gone without a word, as a closed tab is. */
  @Override
  public void close() {
    session.disconnect();
    try {
      client.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Jetty calls it from its own threads. */
  public static final class Listener implements Session.Listener.AutoDemanding {
    private final List<JsonNode> received;

    Listener(List<JsonNode> received) {
      this.received = received;
    }

    @Override
    public void onWebSocketText(String message) {
      received.add(JSON.readTree(message));
    }
  }
}
