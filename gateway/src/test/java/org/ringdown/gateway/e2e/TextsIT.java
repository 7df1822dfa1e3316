package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringdown.gateway.e2e.sip.Sipp;
import org.ringdown.gateway.e2e.web.WsPeer;
import tools.jackson.databind.JsonNode;

/** Texts between phones and pages, both wires looked at. */
@NeedsPrograms("sipp")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TextsIT {
  private static final String TRUNKS =
      """
      trunks:
        carrier:
          kind: peer
          server: "sip:127.0.0.1:%1$d"
          user: "1001"
          password: p1001
          qualify: null
          callerId: {from: caller, send: asserted}
          numbers: {dialledOut: prefix 00 -> +, callerIn: prefix 49 -> 0}
        pair:
          {kind: peer, servers: [{server: "sip:127.0.0.1:%2$d"}, {server: "sip:127.0.0.1:%1$d"}],
           qualify: null, tryTimeout: 1s}
      routes:
        - {from: user alice, match: prefix 8, strip: 1, to: trunk pair}
        - {from: user alice, match: prefix 0, strip: 1, to: trunk carrier}
        - {from: user alice, match: exact 70, to: user bob, onUnavailable: trunk carrier as 171}
        - {from: trunk carrier, match: exact 100, to: user alice}
      """;

  private final Stage stage = Stage.of(TextsIT.class);
  private final int carrier = stage.ports().one();
  private final int nobodyThere = stage.ports().one();
  private final GatewayProcess gateway =
      stage.gateway(settings -> settings.with(TRUNKS.formatted(carrier, nobodyThere)));
  private final WsPeer alice = stage.peer(gateway, "alice");

  @BeforeEach
  void forgetThePast() {
    alice.forget();
  }

  @AfterAll
  void sendHome() throws Exception {
    stage.close();
  }

  @Test
  void pageGetsTheTextOfAPhone() {
    Sipp phone =
        stage.sipp(
            "uac-text", gateway.sipPort(), Map.of("to", "alice", "status", "200", "text", "Moin!"));
    JsonNode text = alice.await("message");
    assertThat(text.path("text").asString()).isEqualTo("Moin!");
    assertThat(text.path("from").path("uri").asString()).startsWith("sip:1001@");
    phone.awaitSuccess();
  }

  @ParameterizedTest
  @CsvSource({"bob,480", "nobody,404", "9196,488"})
  void phoneHearsWhyItsTextDoesNotArrive(String to, String status) {
    stage
        .sipp("uac-text", gateway.sipPort(), Map.of("to", to, "status", status, "text", "Moin!"))
        .awaitSuccess();
  }

  @Test
  void whatIsNoTextIsRefusedBeforeAnybodyIsAsked() {
    stage
        .sipp(
            "uac-text-plain",
            gateway.sipPort(),
            Map.of("to", "alice", "status", "415", "type", "image/png", "text", "x"))
        .awaitSuccess();
    assertThat(alice.all("message")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"200,true", "202,true", "415,false"})
  void phoneGetsTheTextOfAPageAndThePageHearsWhatItSaid(String status, boolean delivered) {
    Sipp phone = registered(Map.of("status", status));
    alice.must("message", Map.of("to", "1001", "text", "Grüße\nund mehr"));
    JsonNode outcome = alice.await("message-status");
    assertThat(outcome.path("delivered").asBoolean()).isEqualTo(delivered);
    assertThat(outcome.path("sip").asInt()).isEqualTo(Integer.parseInt(status));
    phone.awaitSuccess();
    assertThat(phone.received("MESSAGE sip:", "Grüße")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"200,true,''", "202,true,''", "404,false,not-found", "480,false,unavailable"})
  void carrierGetsTheTextOfAPageAndThePageHearsWhatItSaid(
      String status, boolean delivered, String code) {
    Sipp pbx = atCarrier("uas-text", Map.of("status", status));
    alice.must("message", Map.of("to", "00049301234", "text", "Grüße"));
    JsonNode outcome = alice.await("message-status");
    pbx.awaitSuccess();
    assertThat(
            pbx.received(
                "MESSAGE sip:+49301234@",
                "From: <sip:alice@ringdown>",
                "P-Asserted-Identity: <sip:alice@ringdown>",
                "Grüße"))
        .isEqualTo(1);
    assertThat(outcome.path("delivered").asBoolean()).isEqualTo(delivered);
    assertThat(outcome.path("sip").asInt()).isEqualTo(Integer.parseInt(status));
    assertThat(outcome.path("code").asString("")).isEqualTo(code);
  }

  @Test
  void carrierIsToldThePasswordThatItAsksFor() {
    Sipp pbx = atCarrier("uas-text-challenges", Map.of());
    alice.must("message", Map.of("to", "0301234", "text", "Moin!"));
    assertThat(alice.await("message-status").path("sip").asInt()).isEqualTo(202);
    pbx.awaitSuccess();
  }

  @Test
  void textGoesToTheNextServerOfATrunk() {
    Sipp second = atCarrier("uas-text", Map.of("status", "200"));
    alice.must("message", Map.of("to", "8301234", "text", "Moin!"));
    assertThat(alice.await("message-status").path("delivered").asBoolean()).isTrue();
    second.awaitSuccess();
  }

  @Test
  void textThatNobodyTakesGoesOnAsTheDialPlanSays() {
    Sipp pbx = atCarrier("uas-text", Map.of("status", "200"));
    alice.must("message", Map.of("to", "70", "text", "Moin!"));
    assertThat(alice.await("message-status").path("delivered").asBoolean()).isTrue();
    pbx.awaitSuccess();
    assertThat(pbx.received("MESSAGE sip:171@")).isEqualTo(1);
  }

  @Test
  void pageGetsTheTextOfACarrierWhereARuleSaysSo() {
    atCarrier("uac-text-plain", Map.of("to", "100", "user", "49171", "text", "Hi", "status", "200"))
        .awaitSuccess();
    JsonNode text = alice.await("message");
    assertThat(text.path("text").asString()).isEqualTo("Hi");
    assertThat(text.path("from").path("uri").asString()).isEqualTo("sip:0171@127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "0301234", "9196"})
  void textOfACarrierReachesNothingWithoutARule(String to) {
    atCarrier("uac-text-plain", Map.of("to", to, "text", "Hi", "status", "404")).awaitSuccess();
    assertThat(alice.all("message")).isEmpty();
  }

  @Test
  void whoIsNoCarrierHasToSayWhoItIs() {
    Map<String, String> stranger = Map.of("to", "100", "text", "Hi", "status", "401");
    stage.sipp("uac-text-plain", gateway.sipPort(), stranger).awaitSuccess();
    assertThat(alice.all("message")).isEmpty();
  }

  private Sipp atCarrier(String scenario, Map<String, String> parameters) {
    return stage.sipp(new Sipp.Role(scenario, gateway.sipPort(), carrier, parameters, List.of()));
  }

  private Sipp registered(Map<String, String> parameters) {
    Map<String, String> none = Map.of("contacts", "contact-all.txt", "expires", "0");
    stage.sipp("register", gateway.sipPort(), none).awaitSuccess();
    int port = stage.ports().one();
    stage
        .sipp(new Sipp.Role("register", gateway.sipPort(), port, Map.of(), List.of()))
        .awaitSuccess();
    return stage.sipp(new Sipp.Role("uas-text", gateway.sipPort(), port, parameters, List.of()));
  }
}
