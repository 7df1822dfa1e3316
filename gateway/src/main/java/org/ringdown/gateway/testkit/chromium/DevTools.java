package org.ringdown.gateway.testkit.chromium;

import com.google.common.base.Throwables;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.ringdown.gateway.testkit.stage.TextSocket;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The DevTools protocol: numbered commands and their replies, and events. The sessions of all tabs
 * share one WebSocket. Safe from any thread, but no command may be given in an event.
 */
final class DevTools implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final TextSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
  private final Map<String, Consumer<JsonNode>> listeners = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();

  DevTools(URI address) throws IOException, InterruptedException {
    socket =
        TextSocket.connect(
            HttpClient.newBuilder(), address, List.of(), this::receive, (code, why) -> gone(why));
  }

  /** Hands the events of a session over, in order, as {@code method} and {@code params}. */
  void listen(String session, Consumer<JsonNode> onEvent) {
    listeners.put(session, onEvent);
  }

  /**
   * Gives a command and waits for its result.
   *
   * @param session of the tab it is for; empty for the browser
   * @throws IOException if it is refused, or nothing comes
   */
  JsonNode command(String session, String method, Map<String, ?> params, Duration limit)
      throws IOException, InterruptedException {
    int number = numbers.incrementAndGet();
    CompletableFuture<JsonNode> reply = new CompletableFuture<>();
    open.put(number, reply);
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("id", number);
    message.put("method", method);
    message.put("params", params);
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    socket.send(JSON.writeValueAsString(message));
    try {
      return reply.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException("Chromium: " + Throwables.getRootCause(e).getMessage(), e);
    } catch (TimeoutException e) {
      throw new IOException("Chromium does not answer to " + method, e);
    } finally {
      open.remove(number);
    }
  }

  private void receive(String text) {
    JsonNode message = JSON.readTree(text);
    CompletableFuture<JsonNode> reply = open.get(message.path("id").asInt(0));
    if (reply == null) {
      Consumer<JsonNode> listener = listeners.get(message.path("sessionId").asString(""));
      if (listener != null && message.has("method")) {
        listener.accept(message);
      }
    } else if (message.has("error")) {
      String why = message.at("/error/message").asString("refused");
      reply.completeExceptionally(new IOException(why));
    } else {
      reply.complete(message.path("result"));
    }
  }

  private void gone(String why) {
    open.values().forEach(reply -> reply.completeExceptionally(new IOException("gone: " + why)));
  }

  @Override
  public void close() {
    socket.abort();
  }
}
