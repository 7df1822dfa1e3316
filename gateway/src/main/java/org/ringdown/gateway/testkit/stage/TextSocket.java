package org.ringdown.gateway.testkit.stage;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A WebSocket of text frames. Sends one after the other; safe from any thread. */
public final class TextSocket {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final WebSocket socket;
  private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

  private TextSocket(WebSocket socket) {
    this.socket = socket;
  }

  /**
   * Connects.
   *
   * @param subprotocols what is offered, none or more
   * @param onText each frame, in order, on one thread at a time
   * @param onClose the close code and reason, or 1006 and what broke
   * @throws IOException if nobody answers there, or not as a WebSocket
   */
  public static TextSocket connect(
      HttpClient.Builder client,
      URI address,
      List<String> subprotocols,
      Consumer<String> onText,
      BiConsumer<Integer, String> onClose)
      throws IOException, InterruptedException {
    WebSocket.Builder builder =
        client.connectTimeout(PATIENCE).build().newWebSocketBuilder().connectTimeout(PATIENCE);
    if (!subprotocols.isEmpty()) {
      String[] others = subprotocols.stream().skip(1).toArray(String[]::new);
      builder.subprotocols(subprotocols.get(0), others);
    }
    try {
      return new TextSocket(
          builder
              .buildAsync(address, new Frames(onText, onClose))
              .get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      throw new IOException(trouble(e.getCause()), e);
    } catch (TimeoutException e) {
      throw new IOException("no answer from " + address, e);
    }
  }

  /** Why a WebSocket was not connected, for a person. */
  public static String trouble(@Nullable Throwable cause) {
    if (cause instanceof CompletionException) {
      return trouble(cause.getCause());
    }
    if (cause instanceof WebSocketHandshakeException refused) {
      return "the answer is HTTP status " + refused.getResponse().statusCode();
    }
    return cause instanceof ConnectException ? "nobody listens there" : String.valueOf(cause);
  }

  /** Sends one frame, after those before it. */
  public synchronized void send(String text) {
    sent = sent.handle((done, failed) -> null).thenCompose(done -> socket.sendText(text, true));
  }

  /** Ends it without a word. */
  public void abort() {
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
