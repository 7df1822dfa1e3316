package org.ringdown.webrtc.web;

import java.util.ArrayDeque;
import java.util.Queue;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent on one socket: one frame on its way, the others queued up to a limit. Safe
 * from any thread.
 */
final class OutgoingFrames extends IteratingCallback {
  private final Session session;
  private final int maxQueuedChars;
  private final Queue<Outgoing> queue = new ArrayDeque<>();
  private int queuedChars;
  private boolean closing;

  OutgoingFrames(Session session, int maxQueuedChars) {
    this.session = session;
    this.maxQueuedChars = maxQueuedChars;
  }

  /** Sends it in its turn; false if the queue is over its limit: the peer reads too slowly. */
  boolean send(String text) {
    synchronized (queue) {
      if (closing) {
        return true;
      }
      queue.add(new Text(text));
      queuedChars += text.length();
      if (queuedChars > maxQueuedChars) {
        return false;
      }
    }
    iterate();
    return true;
  }

  /** Sends a close frame when everything queued has been sent, and takes nothing more. */
  void close(int status, String reason) {
    synchronized (queue) {
      if (closing) {
        return;
      }
      closing = true;
      queue.add(new Closing(status, reason));
    }
    iterate();
  }

  /** Forgets what is queued and takes nothing more. */
  void drop() {
    synchronized (queue) {
      closing = true;
      queue.clear();
    }
  }

  @Override
  protected Action process() {
    Outgoing next = poll();
    if (next instanceof Text text) {
      session.sendText(text.text(), Callback.from(this::succeeded, this::failed));
      return Action.SCHEDULED;
    }
    if (next instanceof Closing closing) {
      session.close(closing.status(), closing.reason(), Callback.NOOP);
      return Action.SUCCEEDED;
    }
    return Action.IDLE;
  }

  private @Nullable Outgoing poll() {
    synchronized (queue) {
      Outgoing next = queue.poll();
      if (next instanceof Text text) {
        queuedChars -= text.text().length();
      }
      return next;
    }
  }

  @Override
  protected void onCompleteFailure(Throwable cause) {
    drop();
    session.disconnect();
  }

  private sealed interface Outgoing {}

  private record Text(String text) implements Outgoing {}

  private record Closing(int status, String reason) implements Outgoing {}
}
