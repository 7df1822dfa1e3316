package org.ringdown.gateway.testkit.load.page;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.stage.AnyCertificate;
import org.ringdown.gateway.testkit.stage.TextSocket;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where the WebSockets of many pages come from; they share a few threads. Safe from any thread. */
public final class WebSockets implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int THREADS = 2;
  static final JsonMapper JSON = JsonMapper.builder().build();

  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS,
          task -> {
            Thread thread = new Thread(task, "pages");
            thread.setDaemon(true);
            return thread;
          });
  private final HttpClient client;
  private final URI uri;

  /**
   * Connects nothing yet.
   *
   * @param uri where each of them leads
   * @param anyCertificate whether to take any certificate
   */
  public WebSockets(URI uri, boolean anyCertificate) {
    HttpClient.Builder builder = HttpClient.newBuilder().executor(threads).connectTimeout(PATIENCE);
    if (anyCertificate) {
      builder.sslContext(AnyCertificate.context());
    }
    this.client = builder.build();
    this.uri = uri;
  }

  /**
   * Connects one.
   *
   * @param onMessage hears each message, in order
   * @param onLost hears that the connection is gone, and why
   * @return fails with an IOException whose message says where nobody answers, and why
   */
  CompletableFuture<JsonSocket> connect(
      String subprotocol, Consumer<JsonNode> onMessage, Consumer<String> onLost) {
    return client
        .newWebSocketBuilder()
        .subprotocols(subprotocol)
        .connectTimeout(PATIENCE)
        .buildAsync(uri, new Frames(onMessage, onLost))
        .handle(this::connected);
  }

  private JsonSocket connected(@Nullable WebSocket socket, @Nullable Throwable failure) {
    if (socket != null) {
      return new JsonSocket(socket);
    }
    String why = TextSocket.trouble(failure);
    String hint = why.contains("SSLHandshake") ? " (--insecure takes any certificate)" : "";
    throw new CompletionException(new IOException("no WebSocket at " + uri + hint + ": " + why));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** One connection; sends one message after the other. */
  static final class JsonSocket {
    private final WebSocket socket;
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

    private JsonSocket(WebSocket socket) {
      this.socket = socket;
    }

    synchronized void send(Object message) {
      String text = JSON.writeValueAsString(message);
      sent = sent.handle((done, failed) -> null).thenCompose(done -> socket.sendText(text, true));
    }

    void close() {
      socket.abort();
    }
  }

  private static final class Frames implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private final Consumer<JsonNode> onMessage;
    private final Consumer<String> onLost;

    Frames(Consumer<JsonNode> onMessage, Consumer<String> onLost) {
      this.onMessage = onMessage;
      this.onLost = onLost;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        String whole = text.toString();
        text.setLength(0);
        take(whole);
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }

    private void take(String whole) {
      try {
        onMessage.accept(JSON.readTree(whole));
      } catch (JacksonException e) {
        onLost.accept("no JSON came");
      }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      onLost.accept("closed with " + code + (reason.isEmpty() ? "" : ", " + reason));
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable broken) {
      onLost.accept(String.valueOf(broken.getMessage()));
    }
  }
}
