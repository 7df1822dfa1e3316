package org.ringdown.webrtc;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.ringdown.webrtc.web.TextSocket;

/** A socket that remembers what was sent and delivers only frames that were asked for. */
final class FakeSocket implements TextSocket {
  final Queue<String> sent = new ArrayDeque<>();
  int demanded = 1;
  int pings;
  boolean answersPings;
  @Nullable String closing;
  boolean gone;
  private TextSocket.@Nullable Listener listener;

  void heardBy(TextSocket.Listener listener) {
    this.listener = listener;
  }

  /** The page sends a frame. */
  void deliver(String text) {
    take().onText(text);
  }

  /** The page sends something else. */
  void deliver(Unusable what) {
    take().onUnusable(what);
  }

  void pong() {
    listener().onPong();
  }

  /** The page's side goes away. */
  void disconnect() {
    disconnect(1006);
  }

  /** The page's side goes away with a close frame of this status. */
  void disconnect(int status) {
    if (!gone) {
      gone = true;
      listener().onClosed(status);
    }
  }

  /** The next frame the page gets, or nothing. */
  @Nullable String next() {
    return sent.poll();
  }

  @Override
  public InetSocketAddress remote() {
    return new InetSocketAddress("127.0.0.1", 50_000);
  }

  @Override
  public void demand() {
    demanded++;
  }

  @Override
  public void send(String text) {
    if (closing == null && !gone) {
      sent.add(text);
    }
  }

  @Override
  public void ping() {
    pings++;
    if (answersPings) {
      pong();
    }
  }

  @Override
  public void close(int status, String reason) {
    if (closing == null) {
      closing = status + " " + reason;
    }
  }

  @Override
  public void cut() {
    disconnect();
  }

  private TextSocket.Listener take() {
    if (demanded == 0) {
      throw new AssertionError("the gateway did not ask for another frame");
    }
    demanded--;
    return listener();
  }

  private TextSocket.Listener listener() {
    if (listener == null) {
      throw new AssertionError("nobody listens");
    }
    return listener;
  }
}
