package org.ringdown.gateway.testkit.web;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.ringdown.gateway.testkit.stage.AnyCertificate;
import org.ringdown.gateway.testkit.stage.GatewayAddress;

/** One WebSocket of a page. Sends one frame after the other; safe from any thread. */
final class PageSocket {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String SUBPROTOCOL = "ringdown.v1";

  private final WebSocket socket;
  private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

  private PageSocket(WebSocket socket) {
    this.socket = socket;
  }

  /**
   * Connects.
   *
   * @param onText each frame, in order, on one thread at a time
   * @param onClose the close code and reason, or 1006 and what broke
   */
  static PageSocket connect(
      GatewayAddress gateway,
      Relay relay,
      Consumer<String> onText,
      BiConsumer<Integer, String> onClose)
      throws IOException, InterruptedException {
    HttpClient.Builder client =
        HttpClient.newBuilder().proxy(relay.proxy()).connectTimeout(PATIENCE);
    if (gateway.anyCertificate()) {
      client.sslContext(AnyCertificate.context());
    }
    try {
      return new PageSocket(
          client
              .build()
              .newWebSocketBuilder()
              .subprotocols(SUBPROTOCOL)
              .connectTimeout(PATIENCE)
              .buildAsync(gateway.web(), new Frames(onText, onClose))
              .get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      throw new IOException("no answer from " + gateway.web(), e);
    }
  }

  synchronized void send(String text) {
    sent = sent.handle((done, failed) -> null).thenCompose(done -> socket.sendText(text, true));
  }

  void close() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(failed -> socket);
  }

  void abort() {
    socket.abort();
  }

  private static final class Frames implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private final Consumer<String> onText;
    private final BiConsumer<Integer, String> onClose;

    Frames(Consumer<String> onText, BiConsumer<Integer, String> onClose) {
      this.onText = onText;
      this.onClose = onClose;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        onText.accept(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      onClose.accept(code, reason);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable broken) {
      Throwable cause = broken instanceof CompletionException ? broken.getCause() : broken;
      onClose.accept(1006, String.valueOf(cause));
    }
  }
}
