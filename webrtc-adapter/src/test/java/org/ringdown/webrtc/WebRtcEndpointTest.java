package org.ringdown.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringdown.webrtc.page.WebRtcLeg;
import org.ringdown.webrtc.signaling.ReasonCode;
import org.ringdown.webrtc.signaling.SignalingSession;

/** Over the wire: what Jetty and we make of it together. */
final class WebRtcEndpointTest {
  private static final InetSocketAddress FREE_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final ScriptedHandler handler = new ScriptedHandler();
  private final WebSocketClient client = new WebSocketClient();
  private WebRtcEndpoint endpoint;

  WebRtcEndpointTest() throws IOException {
    endpoint = start(Bench.config(FREE_PORT, null, null));
  }

  @BeforeEach
  void startClient() throws Exception {
    client.start();
  }

  @AfterEach
  void stop() throws Exception {
    client.stop();
    endpoint.close();
  }

  @Test
  void aCallFromBeginningToEnd() throws Exception {
    TestPage page = connect();
    page.signIn("alice");
    page.send("{'type':'call','id':'1','call':'p','to':'1001','sdp':'v=0 \u00e4\u20ac'}");
    page.expect("{'type':'ok','id':'1'}");
    await().until(() -> handler.heard.contains("p onCall 1001 v=0 \u00e4\u20ac"));
    WebRtcLeg leg = handler.legs.get("p");
    assertThat(leg).isNotNull();
    leg.answer(1, "v=0 answer");
    page.expect("{'type':'answer','seq':2,'call':'p','sdp':'v=0 answer'}");
    page.send("{'type':'hangup','id':'2','call':'p'}");
    page.expect("{'type':'ok','id':'2'}");
    page.expect("{'type':'hangup','seq':3,'call':'p','by':'local'");
    await().until(() -> handler.heard.contains("p onHangup cancelled"));
  }

  @Test
  void theSessionOutlivesItsSocket() throws Exception {
    TestPage page = connect();
    String welcome = page.signIn("alice");
    page.session().disconnect();
    handler.offer("sip:1001@gw", "alice", "v=0");
    TestPage back = connect();
    back.send(
        "{'type':'hello','id':'r','session':'%s','resumeToken':'%s','ack':1}"
            .formatted(field(welcome, "session"), field(welcome, "resumeToken")));
    back.expect("{'type':'ok','id':'r'}");
    back.expect("{'type':'incoming','seq':2,'call':'g-1'");
    back.expect("'resumed':true");
    assertThat(endpoint.openSessions()).isEqualTo(1);
  }

  @Test
  void afterTheLastPageNothingIsLeft() throws Exception {
    for (String user : ImmutableList.of("alice", "bob", "carol")) {
      TestPage page = connect();
      page.signIn(user);
      page.send("{'type':'goodbye','id':'1'}");
      page.expect("{'type':'ok','id':'1'}");
      assertThat(page.expectClose()).isEqualTo("1000 goodbye");
    }
    TestPage guessing = connect();
    for (int i = 0; i < 3; i++) {
      guessing.send("{'type':'hello','id':'h','user':'alice','password':'guess'}");
      guessing.expect("unauthorized");
    }
    assertThat(guessing.expectClose()).isEqualTo("1008 too many failed sign-ins");
    await().until(() -> endpoint.pendingTimers() == 0);
    assertThat(endpoint.openSessions()).isZero();
    assertThat(handler.sessions).isEmpty();
  }

  @Test
  void unusableFramesAreAnsweredAndTheConnectionStays() throws Exception {
    TestPage page = connect();
    page.signIn("alice");
    page.session().sendBinary(ByteBuffer.wrap(new byte[5_000]), Callback.NOOP);
    page.expect("binary frames are not part of the protocol");
    page.send("x".repeat(1_001));
    page.expect("the frame is longer than 1000 bytes");
    page.send("\u00e4".repeat(999));
    page.expect("the frame is longer than 1000 bytes");
    page.send("{'type':'ack','id':'1','ack':1}");
    page.expect("{'type':'ok','id':'1'}");
  }

  @Test
  void aFrameBeyondAllMeasureEndsTheConnection() throws Exception {
    TestPage page = connect();
    page.signIn("alice");
    page.session().sendPartialText("x".repeat(10_000), false, Callback.NOOP);
    page.session().sendPartialText("x".repeat(10_000), false, Callback.NOOP);
    assertThat(page.expectClose()).startsWith("1009 ");
  }

  @Test
  void damagedFramesGetErrorsAndNothingElse() throws Exception {
    TestPage page = connect();
    page.signIn("alice");
    Random random = new Random(1);
    String good = "{\"type\":\"dtmf\",\"id\":\"1\",\"call\":\"c\",\"digits\":\"12\"}";
    for (int i = 0; i < 300; i++) {
      StringBuilder bad = new StringBuilder(good);
      bad.setCharAt(random.nextInt(good.length()), (char) (random.nextInt(0x500) + 1));
      page.send(bad.toString());
      page.expect("'type':'error'");
      page.send("{'type':'ack','ack':1}");
    }
    page.send("{'type':'ack','id':'last','ack':1}");
    page.expect("{'type':'ok','id':'last'}");
  }

  @Test
  void anUpgradeIsRefusedInReadableWords() throws Exception {
    assertThat(refusal("/ws", RawClient.HANDSHAKE))
        .startsWith("HTTP/1.1 400 ")
        .endsWith("Offer the subprotocol ringdown.v1.\n");
    assertThat(refusal("/ws", RawClient.HANDSHAKE + "Sec-WebSocket-Protocol: sip, ringdown.v2\r\n"))
        .startsWith("HTTP/1.1 400 ");
    String handshake = RawClient.HANDSHAKE + RawClient.SUBPROTOCOL;
    assertThat(refusal("/ws", handshake + "Origin: https://evil.example\r\n"))
        .startsWith("HTTP/1.1 403 ")
        .contains("text/plain")
        .endsWith("Pages of this origin may not connect; see allowedOrigins.\n");
    assertThat(refusal("/ws", ""))
        .startsWith("HTTP/1.1 426 ")
        .endsWith("This is a WebSocket; connect with ringdown.v1.\n");
    assertThat(refusal("/ws/", handshake)).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void anUpgradeOfAnAllowedOriginGoesThroughWithoutCompression() throws Exception {
    String handshake = RawClient.HANDSHAKE + RawClient.SUBPROTOCOL;
    assertThat(refusal("/ws", handshake + "Origin: https://pages.example\r\n"))
        .startsWith("HTTP/1.1 101 ");
    assertThat(refusal("/ws", handshake + "Origin: http://gw.example\r\n"))
        .startsWith("HTTP/1.1 101 ");
    assertThat(refusal("/ws", handshake + "Sec-WebSocket-Extensions: permessage-deflate\r\n"))
        .startsWith("HTTP/1.1 101 ")
        .contains("ringdown.v1")
        .doesNotContain("Extensions");
  }

  @Test
  void aSocketThatAnswersNoPingIsDroppedAndItsSessionStays() throws Exception {
    restart(withPingInterval(Duration.ofMillis(50)));
    try (RawClient raw = signedIn()) {
      raw.readToEnd();
    }
    await().until(() -> endpoint.pendingTimers() == 1);
    assertThat(endpoint.openSessions()).isEqualTo(1);
  }

  @Test
  void aSocketThatAnswersPingsIsKept() throws Exception {
    restart(withPingInterval(Duration.ofMillis(500)));
    TestPage page = connect();
    page.signIn("alice");
    await().pollDelay(Duration.ofMillis(1600)).until(() -> page.session().isOpen());
    page.send("{'type':'ack','id':'1','ack':1}");
    page.expect("{'type':'ok','id':'1'}");
  }

  @Test
  void aPageThatDoesNotReadIsCutOffAndItsSessionStays() throws Exception {
    try (RawClient raw = signedIn()) {
      assertThatIOException()
          .isThrownBy(
              () -> {
                for (int i = 0; i < 1_000_000; i++) {
                  raw.text("{\"type\":\"hangup\",\"id\":\"%d\",\"call\":\"none\"}".formatted(i));
                }
              });
    }
    assertThat(endpoint.openSessions()).isEqualTo(1);
  }

  @Test
  void closingSaysGoodbyeAndLaterVerbsAreHarmless() throws Exception {
    TestPage page = connect();
    page.signIn("alice");
    WebRtcLeg leg = handler.offer("sip:1001@gw", "alice", "v=0");
    page.expect("'type':'incoming'");
    InetSocketAddress address = endpoint.listening().get(0);
    endpoint.close();
    page.expect("'type':'goodbye','seq':3,'reason':'shutting-down'");
    assertThat(page.expectClose()).isEqualTo("1001 shutting down");
    assertThat(handler.heard).endsWith("g-1 onLost", "closed alice");
    leg.end(new WebRtcLeg.Hangup(WebRtcLeg.By.REMOTE, ReasonCode.HANGUP, null, null, null));
    assertThatIOException().isThrownBy(() -> new RawClient(address).close());
  }

  @Test
  void aTakenPortIsNamedAndNothingStaysOpen() throws Exception {
    InetSocketAddress taken = endpoint.listening().get(0);
    InetSocketAddress free;
    try (ServerSocket probe = new ServerSocket(0, 1, FREE_PORT.getAddress())) {
      free = new InetSocketAddress(FREE_PORT.getAddress(), probe.getLocalPort());
    }
    assertThatIOException()
        .isThrownBy(() -> start(Bench.config(free, taken, null)))
        .withMessage("address 127.0.0.1:" + taken.getPort() + " is in use");
    new ServerSocket(free.getPort(), 1, free.getAddress()).close();
  }

  @Test
  void anAddressThatIsNotOursIsNamed() {
    InetSocketAddress nowhere = InetSocketAddress.createUnresolved("nowhere.invalid", 8080);
    assertThatIOException()
        .isThrownBy(() -> start(Bench.config(nowhere, null, null)))
        .withMessage("cannot listen on nowhere.invalid:8080: unknown host");
    InetSocketAddress elsewhere = new InetSocketAddress("192.0.2.1", 8080);
    assertThatIOException()
        .isThrownBy(() -> start(Bench.config(elsewhere, null, null)))
        .withMessageContaining("cannot listen on 192.0.2.1:8080: ");
  }

  private WebRtcEndpoint start(WebRtcConfig config) throws IOException {
    SessionSettings.Limits limits =
        new SessionSettings.Limits(
            Duration.ofSeconds(10),
            Duration.ofMillis(1),
            3,
            20,
            10,
            2,
            50_000,
            Duration.ofSeconds(20),
            new SignalingSession.Limits(100, 40_000, 16));
    return WebRtcEndpoint.start(config, handler, "web-test/", limits);
  }

  private void restart(WebRtcConfig config) throws IOException {
    endpoint.close();
    endpoint = start(config);
  }

  private static WebRtcConfig withPingInterval(Duration interval) {
    WebRtcConfig config = Bench.config(FREE_PORT, null, null);
    return new WebRtcConfig(
        config.http(),
        null,
        null,
        "",
        config.certificateHosts(),
        config.allowedOrigins(),
        config.grace(),
        interval,
        config.limits(),
        config.expiry(),
        config.iceServers());
  }

  private TestPage connect() throws Exception {
    int port = endpoint.listening().get(0).getPort();
    return TestPage.connect(client, URI.create("ws://127.0.0.1:" + port + "/ws"));
  }

  private String refusal(String path, String headers) throws IOException {
    try (RawClient raw = new RawClient(endpoint.listening().get(0))) {
      return raw.get(path, headers);
    }
  }

  private RawClient signedIn() throws IOException {
    RawClient raw = new RawClient(endpoint.listening().get(0));
    raw.get("/ws", RawClient.HANDSHAKE + RawClient.SUBPROTOCOL);
    raw.text("{\"type\":\"hello\",\"id\":\"h\",\"user\":\"alice\",\"password\":\"secret\"}");
    await().until(() -> endpoint.openSessions() == 1);
    return raw;
  }

  private static String field(String frame, String name) {
    return frame.replaceAll(".*\"" + name + "\":\"([^\"]+)\".*", "$1");
  }
}
