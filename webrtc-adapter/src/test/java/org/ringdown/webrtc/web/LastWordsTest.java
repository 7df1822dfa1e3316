package org.ringdown.webrtc.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a page that goes on sending reads of a socket that the server closes. */
class LastWordsTest {
  private static final int ROUNDS = 200;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;

  private final ExecutorService workers = Executors.newFixedThreadPool(2);
  private final WebServer server =
      new WebServer(
          new WebServer.Settings(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              null,
              null,
              "",
              ImmutableList.of("localhost"),
              ImmutableList.of(),
              "/ws",
              "test.v1",
              65_536,
              65_536,
              "/web"));

  @BeforeEach
  void start() throws IOException {
    server.start(Closing::new);
  }

  @AfterEach
  void stop() {
    server.close();
    workers.shutdownNow();
  }

  @Test
  void closeStatusArrivesThoughThePageAnswersEveryText() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      try (Socket page = new Socket(InetAddress.getLoopbackAddress(), port())) {
        assertThat(statusSeenBy(page)).as("round %d", round).isEqualTo(1008);
      }
    }
  }

  private int port() {
    return server.listening().get(0).getPort();
  }

  private static int statusSeenBy(Socket page) throws IOException {
    page.setTcpNoDelay(true);
    OutputStream out = page.getOutputStream();
    InputStream in = new BufferedInputStream(page.getInputStream());
    upgrade(in, out);
    out.write(frame(TEXT, "go".getBytes(UTF_8)));
    while (true) {
      int type = in.read() & 0x0f;
      byte[] payload = in.readNBytes(in.read());
      if (type == CLOSE) {
        out.write(frame(CLOSE, payload));
        assertThat(in.read()).isNegative();
        return (payload[0] & 0xff) << 8 | payload[1] & 0xff;
      }
      out.write(frame(TEXT, "seen".getBytes(UTF_8)));
    }
  }

  private static void upgrade(InputStream in, OutputStream out) throws IOException {
    out.write(
        String.join(
                "\r\n",
                "GET /ws HTTP/1.1",
                "Host: localhost",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Protocol: test.v1",
                "Sec-WebSocket-Version: 13",
                "",
                "")
            .getBytes(UTF_8));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    assertThat(head.toString()).startsWith("HTTP/1.1 101");
  }

  /** A short frame, masked with zeros (RFC 6455 section 5.2). */
  private static byte[] frame(int type, byte[] payload) {
    byte[] frame = new byte[6 + payload.length];
    frame[0] = (byte) (0x80 | type);
    frame[1] = (byte) (0x80 | payload.length);
    System.arraycopy(payload, 0, frame, 6, payload.length);
    return frame;
  }

  /** Says three things and closes, as soon as it is spoken to. */
  private final class Closing implements TextSocket.Listener {
    private final TextSocket socket;

    Closing(TextSocket socket) {
      this.socket = socket;
    }

    @Override
    public void onText(String text) {
      workers.execute(
          () -> {
            for (int i = 0; i < 3; i++) {
              socket.send("word " + i);
            }
            socket.close(1008, "enough");
            socket.demand();
          });
    }

    @Override
    public void onUnusable(TextSocket.Unusable what) {}

    @Override
    public void onPong() {}

    @Override
    public void onClosed(int status) {}
  }
}
