package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.ringdown.gateway.e2e.sip.Sipp;
import org.ringdown.gateway.e2e.web.WsPeer;
import tools.jackson.databind.JsonNode;

/** What the operator allows phones and trunks as media, as SIPp sees it on the wire. */
@NeedsPrograms("sipp")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MediaPolicyIT {
  private static final String TRUNKS =
      """
      trunks:
        carrier:
          kind: peer
          server: "sip:127.0.0.1:%d"
          qualify: null
          media: { codecs: [PCMA, PCMU, telephone-event], dtmf: info }
        guarded:
          kind: peer
          server: "sip:127.0.0.1:%d"
          qualify: null
          media: { srtp: required }
      routes:
        - {from: users, match: prefix 0, to: trunk carrier}
        - {from: trunk guarded, match: exact 100, to: user alice}
      """;

  private final Stage stage = Stage.of(MediaPolicyIT.class);
  private final int carrier = stage.ports().one();
  private final int guarded = stage.ports().one();
  private final GatewayProcess gateway =
      stage.gateway(settings -> settings.with(TRUNKS.formatted(carrier, guarded)));
  private final WsPeer alice = stage.peer(gateway, "alice");

  @BeforeEach
  void forgetThePast() {
    alice.forget();
  }

  @AfterEach
  void nothingIsLeftOfTheCall() {
    gateway.awaitNoCalls();
  }

  @AfterAll
  void sendHome() throws Exception {
    stage.close();
  }

  @Test
  void trunkGetsItsCodecsInItsOrderAndDigitsByInfo() {
    Sipp trunk =
        stage.sipp(
            new Sipp.Role("uas-takes-digits", gateway.sipPort(), carrier, Map.of(), List.of()));
    assertThat(codecBeforeTheCall("0301234")).isEqualTo("PCMA");
    alice.call("c1", "0301234");
    alice.await("accepted");
    alice.must("dtmf", Map.of("call", "c1", "digits", "1#", "durationMs", 60, "gapMs", 40));
    trunk.awaitMessage("INFO", "Signal=#");
    alice.hangup("c1", "hangup");
    trunk.awaitSuccess();
  }

  private String codecBeforeTheCall(String number) {
    JsonNode found = alice.request("preflight", Map.of("to", number)).path("result");
    return found.path("to").path("codec").asString("");
  }

  @Test
  void trunkThatMustEncryptAndDoesNotIsTold() {
    Map<String, String> parameters = Map.of("to", "100", "status", "488");
    Sipp trunk =
        stage.sipp(
            new Sipp.Role("uac-plain-refused", gateway.sipPort(), guarded, parameters, List.of()));
    trunk.awaitSuccess();
    assertThat(trunk.received("SIP/2.0 488", "Warning: 399", "SRTP is required here")).isEqualTo(1);
    assertThat(alice.all("incoming")).isEmpty();
  }

  @Test
  void digitsByInfoReachThePage() {
    Sipp phone =
        stage.sipp("uac-sends-digits", gateway.sipPort(), Map.of("to", "alice"), "-d", "300");
    alice.answer(alice.awaitIncoming());
    assertThat(alice.await("dtmf").path("digit").asString("")).isEqualTo("7");
    phone.awaitSuccess();
    assertThat(alice.all("dtmf")).hasSize(1);
  }
}
