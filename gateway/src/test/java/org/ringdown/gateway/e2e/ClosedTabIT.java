package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.ringdown.gateway.e2e.sip.Sipp;
import org.ringdown.gateway.e2e.web.WsPeer;

/** A page that goes without a word: its call ends once the time to come back (2 s here) is over. */
@NeedsPrograms("sipp")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClosedTabIT {
  private final Stage stage = Stage.of(ClosedTabIT.class);
  private final GatewayProcess gateway = stage.gateway();

  @AfterEach
  void nothingIsLeftOfTheCallOrThePage() {
    gateway.awaitNoCalls();
    Awaitility.await("the page's session is over").until(() -> gateway.status().sessions() == 0);
  }

  @AfterAll
  void sendHome() throws Exception {
    stage.close();
  }

  @Test
  void phoneIsHungUpAfterTheGraceTime() {
    WsPeer alice = stage.peer(gateway, "alice");
    Sipp phone = stage.sipp("uac-until-bye", gateway.sipPort(), Map.of("to", "alice"));
    alice.answer(alice.awaitIncoming());
    phone.awaitMessage("SIP/2.0 200", "CSeq: 2 INVITE");
    alice.close();
    Awaitility.await("the call outlives its page for a while")
        .during(Duration.ofSeconds(1))
        .atMost(Duration.ofSeconds(10))
        .until(() -> phone.isRunning() && gateway.status().calls() == 1);
    phone.awaitSuccess();
  }

  @Test
  void callerIsRefusedIfTheRingingTabGoes() {
    WsPeer alice = stage.peer(gateway, "alice");
    Map<String, String> parameters = Map.of("to", "alice", "status", "480");
    Sipp phone = stage.sipp("uac-refused", gateway.sipPort(), parameters);
    alice.awaitIncoming();
    alice.close();
    phone.awaitSuccess();
  }

  @Test
  void ringingPhoneIsCancelledIfTheCallersTabGoes() {
    WsPeer alice = stage.peer(gateway, "alice");
    int port = stage.ports().one();
    stage
        .sipp(new Sipp.Role("register", gateway.sipPort(), port, Map.of(), List.of()))
        .awaitSuccess();
    Sipp phone =
        stage.sipp(new Sipp.Role("uas-cancelled", gateway.sipPort(), port, Map.of(), List.of()));
    alice.call("p-1", "1001");
    alice.await("ringing");
    alice.close();
    phone.awaitSuccess();
    assertThat(phone.received("CANCEL sip:")).isEqualTo(1);
  }
}
