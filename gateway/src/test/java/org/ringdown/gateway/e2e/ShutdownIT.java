package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.e2e.sip.Sipp;
import org.ringdown.gateway.e2e.web.WsPeer;

/** The gateway is stopped in the midst of calls: everyone is told, and it is gone at once. */
@NeedsPrograms("sipp")
class ShutdownIT {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Stage stage = Stage.of(ShutdownIT.class);
  private final GatewayProcess gateway = stage.gateway();

  @AfterEach
  void sendHome() throws Exception {
    stage.close();
  }

  @Test
  void phoneGetsByeAndPageGetsGoodbye() {
    WsPeer alice = stage.peer(gateway, "alice");
    Sipp phone = stage.sipp("uac-until-bye", gateway.sipPort(), Map.of("to", "alice"));
    alice.answer(alice.awaitIncoming());
    phone.awaitMessage("SIP/2.0 200", "CSeq: 2 INVITE");
    gateway.terminate();
    gateway.awaitExit(LIMIT);
    phone.awaitSuccess();
    assertThat(alice.await("hangup").path("reason").path("code").asString(""))
        .isEqualTo("shutting-down");
    alice.await("goodbye");
  }

  @Test
  void ringingCallerIsRefused() {
    WsPeer alice = stage.peer(gateway, "alice");
    Map<String, String> parameters = Map.of("to", "alice", "status", "503");
    Sipp phone = stage.sipp("uac-refused", gateway.sipPort(), parameters);
    alice.awaitIncoming();
    gateway.terminate();
    gateway.awaitExit(LIMIT);
    phone.awaitSuccess();
  }

  @Test
  void idleGatewayGoesAtOnce() {
    stage.peer(gateway, "alice");
    gateway.terminate();
    assertThat(gateway.awaitExit(LIMIT)).as("exit status after SIGTERM").isIn(0, 143);
  }
}
