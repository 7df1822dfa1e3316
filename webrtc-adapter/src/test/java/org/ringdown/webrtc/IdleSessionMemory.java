package org.ringdown.webrtc;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.ringdown.webrtc.page.Grant;
import org.ringdown.webrtc.page.WebRtcHandler;
import org.ringdown.webrtc.page.WebRtcLeg;
import org.ringdown.webrtc.page.WebRtcSession;
import org.ringdown.webrtc.signaling.ReasonCode;

/**
 * Measures the heap of idle sessions: {@code main [sockets]}. No test. The clients are bare sockets
 * in the same process and count in with about 1 KB each.
 */
final class IdleSessionMemory {
  private IdleSessionMemory() {}

  public static void main(String[] args) throws Exception {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 500;
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    WebRtcConfig config = Bench.config(free, null, null);
    try (WebRtcEndpoint endpoint = WebRtcEndpoint.start(config, new Accepting())) {
      List<RawClient> clients = new ArrayList<>();
      add(endpoint, clients, 50);
      long before = heapAfterGc();
      add(endpoint, clients, count);
      long each = (heapAfterGc() - before) / count;
      System.out.printf(
          "%d sessions, %d bytes of heap each, %d threads%n",
          endpoint.openSessions(), each, Thread.activeCount());
      for (RawClient client : ImmutableList.copyOf(clients)) {
        client.close();
      }
    }
  }

  private static void add(WebRtcEndpoint endpoint, List<RawClient> clients, int count)
      throws Exception {
    for (int i = 0; i < count; i++) {
      RawClient client = new RawClient(endpoint.listening().get(0));
      client.get("/ws", RawClient.HANDSHAKE + RawClient.SUBPROTOCOL);
      client.text("{\"type\":\"hello\",\"id\":\"1\",\"user\":\"alice\",\"password\":\"secret\"}");
      clients.add(client);
    }
    while (endpoint.openSessions() < clients.size()) {
      Thread.onSpinWait();
    }
  }

  private static long heapAfterGc() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(200);
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  /** Lets everybody in and remembers nothing. */
  private static final class Accepting implements WebRtcHandler {
    @Override
    public void signIn(String token, Consumer<SignIn> verdict) {
      throw new AssertionError(token);
    }

    @Override
    public SignIn signIn(String user, String password, InetSocketAddress remote) {
      return new SignIn.Accepted(Grant.of(user));
    }

    @Override
    public void onSessionOpened(WebRtcSession session) {}

    @Override
    public void onSessionClosed(WebRtcSession session) {}

    @Override
    public void onMessage(
        WebRtcSession session, String to, String text, Consumer<MessageOutcome> outcome) {
      throw new AssertionError("nobody writes");
    }

    @Override
    public Optional<SignIn.Refused> onLineTest(
        WebRtcSession session, String trunk, Consumer<LineFinding> findings) {
      throw new AssertionError("nobody tests");
    }

    @Override
    public ImmutableMap<String, Object> onPreflight(WebRtcSession session, String to) {
      return ImmutableMap.of();
    }

    @Override
    public WebRtcLeg.Listener onCall(WebRtcSession session, CallRequest request, WebRtcLeg leg) {
      leg.end(new WebRtcLeg.Hangup(WebRtcLeg.By.GATEWAY, ReasonCode.NOT_FOUND, null, null, null));
      return new WebRtcLeg.Listener() {};
    }
  }
}
