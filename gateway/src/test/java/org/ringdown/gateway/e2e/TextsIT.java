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
import org.ringdown.gateway.e2e.sip.Sipp;
import org.ringdown.gateway.e2e.web.WsPeer;
import tools.jackson.databind.JsonNode;

/** Texts between phones and pages, both wires looked at. */
@NeedsPrograms("sipp")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TextsIT {
  private final Stage stage = Stage.of(TextsIT.class);
  private final GatewayProcess gateway = stage.gateway();
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
            "uac-text-refused",
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
