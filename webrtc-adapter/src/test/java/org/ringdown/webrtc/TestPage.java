package org.ringdown.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.client.ClientUpgradeRequest;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.jspecify.annotations.Nullable;

/** A page over a real WebSocket. Public, because Jetty looks its methods up from outside. */
public final class TestPage implements Session.Listener.AutoDemanding {
  private final BlockingQueue<String> got = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();
  private @Nullable Session session;

  static TestPage connect(WebSocketClient client, URI uri) throws Exception {
    TestPage page = new TestPage();
    ClientUpgradeRequest request = new ClientUpgradeRequest(uri);
    request.setSubProtocols("other", "ringdown.v1");
    page.session = client.connect(page, request).get(20, TimeUnit.SECONDS);
    return page;
  }

  @Override
  public void onWebSocketText(String text) {
    got.add(text);
  }

  @Override
  public void onWebSocketClose(int status, String reason, Callback callback) {
    callback.succeed();
    closed.add(status + " " + reason);
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    closed.add(cause.toString());
  }

  Session session() {
    if (session == null) {
      throw new AssertionError("not connected");
    }
    return session;
  }

  /** Sends with single quotes for double ones. */
  void send(String frame) {
    session().sendText(frame.replace('\'', '"'), Callback.NOOP);
  }

  /** Signs in and gives the welcome. */
  String signIn(String user) throws InterruptedException {
    send("{'type':'hello','id':'h','user':'" + user + "','password':'secret'}");
    expect("{'type':'ok','id':'h'}");
    return expect("'type':'welcome'");
  }

  /** The next frame, which contains this. */
  String expect(String part) throws InterruptedException {
    String frame = got.poll(20, TimeUnit.SECONDS);
    assertThat(frame).isNotNull().contains(part.replace('\'', '"'));
    return frame;
  }

  /** The status and reason of the close frame. */
  String expectClose() throws InterruptedException {
    String status = closed.poll(20, TimeUnit.SECONDS);
    assertThat(status).isNotNull();
    return status;
  }
}
