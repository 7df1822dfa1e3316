package org.ringdown.gateway.testkit.load.page;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A page of Ringdown's own protocol. */
public final class RingdownPage implements Page {
  private static final String SUBPROTOCOL = "ringdown.v1";

  private final WebSockets sockets;
  private final String user;
  private final String password;
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();
  private final Map<String, String> asked = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> signedIn = new CompletableFuture<>();
  private volatile @Nullable Listener listener;
  private volatile WebSockets.@Nullable JsonSocket socket;
  private volatile long seen;
  private volatile boolean closing;

  /** Connects nothing yet. */
  public RingdownPage(WebSockets sockets, String user, String password) {
    this.sockets = sockets;
    this.user = user;
    this.password = password;
  }

  @Override
  public String user() {
    return user;
  }

  @Override
  public boolean manyCalls() {
    return true;
  }

  @Override
  public void listen(Listener newListener) {
    listener = newListener;
  }

  @Override
  public CompletableFuture<Void> signIn() {
    return sockets
        .connect(SUBPROTOCOL, this::onMessage, this::onLost)
        .thenCompose(
            connected -> {
              socket = connected;
              request("hello", Map.of("user", user, "password", password));
              return signedIn;
            });
  }

  @Override
  public String call(String to, String sdp) {
    String call = "c" + calls.incrementAndGet();
    request("call", Map.of("call", call, "to", to, "sdp", sdp));
    return call;
  }

  @Override
  public void answer(String call, String sdp) {
    request("answer", Map.of("call", call, "sdp", sdp));
  }

  @Override
  public void hangUp(String call) {
    request("hangup", Map.of("call", call));
  }

  private void request(String type, Map<String, ?> fields) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("type", type);
    String id = "r" + requests.incrementAndGet();
    message.put("id", id);
    Object call = fields.get("call");
    if (call instanceof String name && !type.equals("hangup")) {
      asked.put(id, name);
    }
    if (seen > 0) {
      message.put("ack", seen);
    }
    message.putAll(fields);
    WebSockets.JsonSocket connected = socket;
    if (connected != null) {
      connected.send(message);
    }
  }

  private void onMessage(JsonNode message) {
    long now = System.nanoTime();
    seen = Math.max(seen, message.path("seq").asLong(0));
    String type = text(message, "type");
    Listener hearing = listener;
    if (type.equals("welcome")) {
      signedIn.complete(null);
    } else if (type.equals("ok")) {
      asked.remove(text(message, "id"));
    } else if (type.equals("error")) {
      refused(message);
    } else if (hearing != null) {
      tell(hearing, type, message, now);
    }
  }

  private static void tell(Listener hearing, String type, JsonNode message, long now) {
    String call = text(message, "call");
    switch (type) {
      case "incoming" -> hearing.onIncoming(call, text(message, "sdp"), now);
      case "answer" -> hearing.onAnswer(call, text(message, "sdp"));
      case "accepted" -> hearing.onAccepted(call, now);
      case "hangup" -> hearing.onEnded(call, text(message.path("reason"), "code"));
      default -> {}
    }
  }

  private static String text(JsonNode message, String field) {
    return message.path(field).asString("");
  }

  private void refused(JsonNode error) {
    String code = text(error, "code");
    if (!signedIn.isDone()) {
      String hint = code.equals("unauthorized") ? ": is there a user with this password?" : "";
      signedIn.completeExceptionally(
          new IllegalStateException(user + " was not let in, " + code + hint));
    }
    Listener hearing = listener;
    String call = asked.remove(text(error, "id"));
    if (hearing != null && call != null) {
      hearing.onEnded(call, code);
    }
  }

  private void onLost(String why) {
    signedIn.completeExceptionally(new IllegalStateException(user + ": " + why));
    Listener hearing = listener;
    if (hearing != null && !closing) {
      hearing.onLost(why);
    }
  }

  @Override
  public void close() {
    closing = true;
    WebSockets.JsonSocket connected = socket;
    if (connected != null) {
      connected.close();
    }
  }
}
