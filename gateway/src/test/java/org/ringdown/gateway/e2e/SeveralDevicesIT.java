package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.ringdown.gateway.e2e.sip.Sipp;
import org.ringdown.gateway.e2e.web.WsPeer;
import tools.jackson.databind.JsonNode;

/** A user with several devices: all ring, the first to answer has the call. */
@NeedsPrograms("sipp")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeveralDevicesIT {
  private final Stage stage = Stage.of(SeveralDevicesIT.class);
  private final GatewayProcess gateway = stage.gateway();

  @AfterEach
  void nothingIsLeftOfTheCall() {
    gateway.awaitNoCalls();
  }

  @AfterAll
  void sendHome() throws Exception {
    stage.close();
  }

  @Test
  void secondTabIsToldThatTheFirstAnswered() {
    WsPeer first = stage.peer(gateway, "alice");
    WsPeer second = stage.peer(gateway, "alice");
    Sipp phone = stage.sipp("uac-call", gateway.sipPort(), Map.of("to", "alice"), "-d", "500");
    JsonNode atFirst = first.awaitIncoming();
    JsonNode atSecond = second.awaitIncoming();
    first.answer(atFirst);
    assertThat(code(second)).isEqualTo("answered-elsewhere");
    JsonNode late = second.answer(atSecond);
    assertThat(late.path("type").asString("")).as("a late answer: %s", late).isEqualTo("error");
    phone.awaitSuccess();
    assertThat(code(first)).isEqualTo("hangup");
  }

  @Test
  void oneTabThatRefusesEndsTheCallForNobodyElse() {
    WsPeer first = stage.peer(gateway, "bob");
    WsPeer second = stage.peer(gateway, "bob");
    Sipp phone = stage.sipp("uac-call", gateway.sipPort(), Map.of("to", "bob"), "-d", "500");
    JsonNode atFirst = first.awaitIncoming();
    JsonNode atSecond = second.awaitIncoming();
    first.hangup(WsPeer.callOf(atFirst), "busy");
    second.answer(atSecond);
    phone.awaitSuccess();
  }

  @Test
  void secondPhoneIsCancelledWhenTheFirstAnswers() {
    WsPeer caller = stage.peer(gateway, "alice");
    Sipp ringing = registered("uas-cancelled", Map.of());
    Sipp answering = registered("uas-answers", Map.of());
    caller.call("p-1", "1001");
    caller.await("accepted");
    ringing.awaitSuccess();
    caller.hangup("p-1", "hangup");
    answering.awaitSuccess();
  }

  private Sipp registered(String scenario, Map<String, String> parameters) {
    int port = stage.ports().one();
    stage
        .sipp(new Sipp.Role("register", gateway.sipPort(), port, parameters, List.of()))
        .awaitSuccess();
    return stage.sipp(new Sipp.Role(scenario, gateway.sipPort(), port, parameters, List.of()));
  }

  private static String code(WsPeer peer) {
    return peer.await("hangup").path("reason").path("code").asString("");
  }
}
