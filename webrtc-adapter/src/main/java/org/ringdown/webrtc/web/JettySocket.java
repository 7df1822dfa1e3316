package org.ringdown.webrtc.web;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link TextSocket} over Jetty's session. The peer's close frame has to be asked for like any
 * other, so a closing socket goes on asking and throws away what else comes. Safe from any thread.
 */
final class JettySocket implements TextSocket {
  private static final Logger log = LoggerFactory.getLogger(JettySocket.class);

  private final Session session;
  private final InetSocketAddress remote;
  private final OutgoingFrames outgoing;
  private final AtomicBoolean demanded = new AtomicBoolean();
  private volatile boolean closing;

  JettySocket(Session session, int maxQueuedChars) {
    this.session = session;
    SocketAddress address = session.getRemoteSocketAddress();
    remote = address instanceof InetSocketAddress inet ? inet : new InetSocketAddress(0);
    outgoing = new OutgoingFrames(session, maxQueuedChars);
  }

  @Override
  public InetSocketAddress remote() {
    return remote;
  }

  @Override
  public void demand() {
    if (demanded.compareAndSet(false, true)) {
      session.demand();
    }
  }

  /** What was asked for has come. */
  void delivered() {
    demanded.set(false);
  }

  /** Whether nobody wants to hear of this socket's frames any more. */
  boolean isClosing() {
    return closing;
  }

  @Override
  public void send(String text) {
    if (!outgoing.send(text)) {
      log.info("Cut off a socket that reads too slowly");
      cut();
    }
  }

  @Override
  public void ping() {
    session.sendPing(BufferUtil.EMPTY_BUFFER, Callback.NOOP);
  }

  @Override
  public void close(int status, String reason) {
    closing = true;
    outgoing.close(status, reason);
    demand();
  }

  @Override
  public void cut() {
    closing = true;
    outgoing.drop();
    session.disconnect();
  }
}
