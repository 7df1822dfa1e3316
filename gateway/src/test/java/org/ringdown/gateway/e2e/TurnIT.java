package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.ringdown.gateway.e2e.process.ChildProcess;
import org.ringdown.gateway.e2e.process.WorkDir;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.Page;

/** A browser that may use nothing but TURN, with the credentials that the gateway makes. */
@NeedsPrograms({"node", "chromium", "turnserver"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TurnIT {
  private static final String RELAY_ONLY =
      "const Any = RTCPeerConnection;"
          + "window.RTCPeerConnection = class extends Any {"
          + "  constructor(wanted) { super({ ...wanted, iceTransportPolicy: 'relay' }); }"
          + "};";

  private final Stage stage = Stage.of(TurnIT.class);
  private final int turnPort = stage.ports().one();
  private final ChildProcess turn = coturn();
  private final BrowserHost browsers = stage.browsers();

  @BeforeAll
  void launchBrowser() {
    browsers.launch("chromium", BrowserHost.Kind.CHROMIUM, Tone.OF_BROWSER);
  }

  @AfterAll
  void sendHome() throws Exception {
    stage.close();
    turn.close();
  }

  @Test
  void soundGoesThroughTheRelayAlone() {
    GatewayProcess gateway = gateway("a shared secret");
    try (Page page = page(gateway)) {
      int call = page.call("9197");
      page.awaitHears(call, Tone.OF_EXTENSION);
      String candidate =
          page.run(
                  "return (await rd.calls[args.call].stats()).localCandidate", Map.of("call", call))
              .asString("");
      assertThat(candidate).startsWith("relay ");
      assertThat(gateway.calls().toString()).contains("\"pair\":\"host-relay\"");
      page.hangup(call);
      gateway.awaitNoCalls();
    }
  }

  @Test
  void withAnotherSecretTheRelayRefuses() {
    GatewayProcess gateway = gateway("another secret");
    try (Page page = page(gateway)) {
      int call = page.call("9197");
      Awaitility.await("the browser has looked for paths")
          .until(() -> state(page, call, "iceGatheringState").equals("complete"));
      assertThat(state(page, call, "localDescription.sdp")).doesNotContain("a=candidate");
      String verdict = "return rd.calls[args.call].media?.verdict?.code";
      Awaitility.await("the page is told")
          .atMost(Duration.ofSeconds(20))
          .until(() -> page.run(verdict, Map.of("call", call)).asString("").equals("ice-failed"));
      page.hangup(call);
      gateway.awaitNoCalls();
    }
  }

  private static String state(Page page, int call, String property) {
    String body = "return rd.calls[args.call].pc." + property;
    return page.run(body, Map.of("call", call)).asString("");
  }

  private Page page(GatewayProcess gateway) {
    Page page = Page.open(browsers, "chromium", gateway.webUrl());
    page.run(RELAY_ONLY, Map.of());
    return page.signIn("alice", "alicepw");
  }

  private GatewayProcess gateway(String secret) {
    String section = "{urls: [\"turn:127.0.0.1:" + turnPort + "\"], secret: \"" + secret + "\"}";
    return stage.gateway(settings -> settings.withTurn(section));
  }

  private ChildProcess coturn() {
    Path room = WorkDir.fresh(Path.of("target", "e2e", "TurnIT-coturn").toAbsolutePath());
    int relayed = stage.ports().block(40);
    String config =
        """
        listening-ip=127.0.0.1
        relay-ip=127.0.0.1
        listening-port=%d
        min-port=%d
        max-port=%d
        allow-loopback-peers
        use-auth-secret
        static-auth-secret=a shared secret
        realm=ringdown.test
        no-tls
        no-dtls
        no-cli
        no-multicast-peers
        pidfile=%s
        userdb=%s
        log-file=stdout
        simple-log
        """
            .formatted(
                turnPort,
                relayed,
                relayed + 39,
                room.resolve("turn.pid"),
                room.resolve("turn.sqlite"));
    Path file = WorkDir.write(room.resolve("turn.conf"), config);
    List<String> command = List.of("turnserver", "-c", file.toString());
    return ChildProcess.start("turnserver", room, Map.of(), command);
  }
}
