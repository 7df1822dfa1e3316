package org.ringdown.webrtc.web;

import com.google.common.base.Utf8;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.ringdown.webrtc.web.TextSocket.Unusable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes frames off one socket. They come in pieces, so that a frame that is too long is thrown away
 * piece by piece and reported, and only one beyond all measure ends the connection. Jetty calls
 * with one piece at a time, because each one is asked for. The class is public only because Jetty
 * looks its methods up from outside; nobody else can make one.
 */
public final class IncomingFrames implements Session.Listener {
  private static final Logger log = LoggerFactory.getLogger(IncomingFrames.class);
  private static final int BEYOND_MEASURE = 16;
  private static final int MESSAGE_TOO_BIG = 1009;

  private final int maxFrameBytes;
  private final int maxQueuedChars;
  private final Function<TextSocket, TextSocket.Listener> acceptor;
  private final StringBuilder text = new StringBuilder();
  private final AtomicBoolean closed = new AtomicBoolean();
  private long received;
  private @Nullable JettySocket socket;
  private TextSocket.@Nullable Listener listener;

  IncomingFrames(
      int maxFrameBytes, int maxQueuedChars, Function<TextSocket, TextSocket.Listener> acceptor) {
    this.maxFrameBytes = maxFrameBytes;
    this.maxQueuedChars = maxQueuedChars;
    this.acceptor = acceptor;
  }

  @Override
  public void onWebSocketOpen(Session session) {
    socket = new JettySocket(session, maxQueuedChars);
    listener = acceptor.apply(socket);
    socket.demand();
  }

  @Override
  public void onWebSocketPartialText(String payload, boolean last) {
    received += payload.length();
    boolean tooLong = received > maxFrameBytes;
    if (!tooLong) {
      text.append(payload);
    }
    onPiece(last, tooLong ? Unusable.TOO_LONG : null);
  }

  @Override
  public void onWebSocketPartialBinary(ByteBuffer payload, boolean last, Callback callback) {
    received += payload.remaining();
    callback.succeed();
    onPiece(last, Unusable.BINARY);
  }

  private void onPiece(boolean last, @Nullable Unusable unusable) {
    JettySocket from = socket;
    TextSocket.Listener to = listener;
    if (from == null || to == null) {
      return;
    }
    String frame = last && unusable == null ? text.toString() : "";
    boolean beyondMeasure = received > (long) maxFrameBytes * BEYOND_MEASURE;
    if (last || unusable != null) {
      startAnew(last);
    }
    from.delivered();
    if (from.isClosing()) {
      from.demand();
    } else if (beyondMeasure) {
      from.close(MESSAGE_TOO_BIG, "frame far beyond " + maxFrameBytes + " bytes");
    } else if (!last) {
      from.demand();
    } else if (unusable != null) {
      to.onUnusable(unusable);
    } else {
      deliver(frame, to);
    }
  }

  /** Characters were counted so far, at most one for each byte. */
  private void deliver(String frame, TextSocket.Listener to) {
    if (Utf8.encodedLength(frame) > maxFrameBytes) {
      to.onUnusable(Unusable.TOO_LONG);
    } else {
      to.onText(frame);
    }
  }

  /** Lets go of the buffer too: an idle socket shall not keep the size of its largest frame. */
  private void startAnew(boolean last) {
    received = last ? 0 : received;
    text.setLength(0);
    text.trimToSize();
  }

  @Override
  public void onWebSocketPong(ByteBuffer payload) {
    if (listener != null && socket != null) {
      socket.delivered();
      listener.onPong();
      socket.demand();
    }
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    log.debug("A socket failed: {}", cause.toString());
  }

  @Override
  public void onWebSocketClose(int status, @Nullable String reason, Callback callback) {
    callback.succeed();
    log.debug("A socket closed with status {}", status);
    if (listener != null && closed.compareAndSet(false, true)) {
      listener.onClosed(status);
    }
  }
}
