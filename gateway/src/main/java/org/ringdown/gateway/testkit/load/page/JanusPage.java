package org.ringdown.gateway.testkit.load.page;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A page of Janus' SIP plugin, which registers its user with a registrar. One call at a time, hence
 * one name for all of them.
 */
public final class JanusPage implements Page {
  private static final String SUBPROTOCOL = "janus-protocol";
  private static final String CALL = "call";
  private static final long KEEP_ALIVE_SECONDS = 25; // Janus ends a session after 60 s of silence

  private final WebSockets sockets;
  private final ScheduledExecutorService timer;
  private final Account account;
  private final AtomicLong requests = new AtomicLong();
  private final Map<String, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> registered = new CompletableFuture<>();
  private volatile @Nullable Listener listener;
  private volatile WebSockets.@Nullable JsonSocket socket;
  private volatile @Nullable Future<?> keepAlive;
  private volatile long session;
  private volatile long handle;
  private volatile boolean closing;

  /**
   * Whom Janus registers.
   *
   * @param registrar host and port
   */
  public record Account(String user, String password, String registrar) {
    @Override
    public String toString() {
      return "Account[" + user + "]";
    }
  }

  /** Connects nothing yet. */
  public JanusPage(WebSockets sockets, ScheduledExecutorService timer, Account account) {
    this.sockets = sockets;
    this.timer = timer;
    this.account = account;
  }

  @Override
  public String user() {
    return account.user();
  }

  @Override
  public boolean manyCalls() {
    return false;
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
              return asked(Map.of("janus", "create"));
            })
        .thenCompose(
            created -> {
              session = created.path("data").path("id").asLong();
              return asked(Map.of("janus", "attach", "plugin", "janus.plugin.sip"));
            })
        .thenCompose(
            attached -> {
              handle = attached.path("data").path("id").asLong();
              keepAlive =
                  timer.scheduleAtFixedRate(
                      () -> request(Map.of("janus", "keepalive")),
                      KEEP_ALIVE_SECONDS,
                      KEEP_ALIVE_SECONDS,
                      TimeUnit.SECONDS);
              register();
              return registered;
            });
  }

  private void register() {
    message(
        Map.of(
            "request",
            "register",
            "username",
            "sip:" + account.user() + "@" + account.registrar(),
            "secret",
            account.password(),
            "proxy",
            "sip:" + account.registrar()));
  }

  @Override
  public String call(String to, String sdp) {
    message(Map.of("request", "call", "uri", to), "offer", sdp);
    return CALL;
  }

  @Override
  public void answer(String call, String sdp) {
    message(Map.of("request", "accept"), "answer", sdp);
  }

  @Override
  public void hangUp(String call) {
    message(Map.of("request", "hangup"));
  }

  private void message(Map<String, ?> body) {
    request(Map.of("janus", "message", "body", body));
  }

  private void message(Map<String, ?> body, String type, String sdp) {
    request(Map.of("janus", "message", "body", body, "jsep", Map.of("type", type, "sdp", sdp)));
  }

  private CompletableFuture<JsonNode> asked(Map<String, ?> fields) {
    CompletableFuture<JsonNode> reply = new CompletableFuture<>();
    String transaction = transaction();
    waiting.put(transaction, reply);
    request(fields, transaction);
    return reply;
  }

  private String transaction() {
    return "r" + requests.incrementAndGet();
  }

  private void request(Map<String, ?> fields) {
    request(fields, transaction());
  }

  private void request(Map<String, ?> fields, String transaction) {
    Map<String, Object> message = new LinkedHashMap<>(fields);
    message.put("transaction", transaction);
    if (session != 0) {
      message.put("session_id", session);
    }
    if (handle != 0) {
      message.put("handle_id", handle);
    }
    WebSockets.JsonSocket connected = socket;
    if (connected != null) {
      connected.send(message);
    }
  }

  private void onMessage(JsonNode message) {
    long now = System.nanoTime();
    Listener hearing = listener;
    switch (message.path("janus").asString("")) {
      case "success" -> {
        CompletableFuture<JsonNode> reply =
            waiting.remove(message.path("transaction").asString(""));
        if (reply != null) {
          reply.complete(message);
        }
      }
      case "trickle" -> {
        String line = message.path("candidate").path("candidate").asString("");
        if (hearing != null && !line.isEmpty()) {
          hearing.onCandidate(CALL, line.replaceFirst("^candidate:", ""));
        }
      }
      case "event" -> onEvent(message, hearing, now);
      default -> {}
    }
  }

  private void onEvent(JsonNode message, @Nullable Listener hearing, long now) {
    JsonNode data = message.path("plugindata").path("data");
    JsonNode result = data.path("result");
    String event = result.path("event").asString("");
    String error = data.path("error").asString("");
    if (event.equals("registered")) {
      registered.complete(null);
    } else if (event.equals("registration_failed")) {
      registered.completeExceptionally(new IllegalStateException(user() + " was not registered"));
    } else if (hearing != null) {
      tell(hearing, event, result, message.path("jsep"), now);
      if (!error.isEmpty()) {
        hearing.onEnded(CALL, error);
      }
    }
  }

  private static void tell(
      Listener hearing, String event, JsonNode result, JsonNode jsep, long now) {
    String sdp = jsep.path("sdp").asString("");
    if (event.equals("incomingcall")) {
      hearing.onIncoming(CALL, sdp, now);
    } else if (event.equals("hangup")) {
      hearing.onEnded(
          CALL, result.path("code").asString("") + " " + result.path("reason").asString(""));
    } else if (jsep.path("type").asString("").equals("answer")) {
      hearing.onAnswer(CALL, sdp);
      hearing.onAccepted(CALL, now);
    }
  }

  private void onLost(String why) {
    IllegalStateException lost = new IllegalStateException(user() + ": " + why);
    registered.completeExceptionally(lost);
    waiting.values().forEach(reply -> reply.completeExceptionally(lost));
    Listener hearing = listener;
    if (hearing != null && !closing) {
      hearing.onLost(why);
    }
  }

  @Override
  public void close() {
    closing = true;
    Future<?> pinging = keepAlive;
    if (pinging != null) {
      pinging.cancel(false);
    }
    WebSockets.JsonSocket connected = socket;
    if (connected != null) {
      connected.close();
    }
  }
}
