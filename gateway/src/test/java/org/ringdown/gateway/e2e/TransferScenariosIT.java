package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
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

/** What can become of a REFER: SIPp scenarios, each named for what happens. */
@NeedsPrograms("sipp")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransferScenariosIT {
  private final Stage stage = Stage.of(TransferScenariosIT.class);
  private final GatewayProcess gateway = stage.gateway();
  private final WsPeer alice = stage.peer(gateway, "alice");
  private final WsPeer bob = stage.peer(gateway, "bob");

  @BeforeEach
  void forgetThePast() {
    alice.forget();
    bob.forget();
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
  void theTargetAnswers() {
    Sipp phone = refer("uac-refer", Map.of("to", "alice", "target", "bob"));
    String call = answered();
    JsonNode incoming = bob.awaitIncoming();
    bob.answer(incoming);
    phone.awaitSuccess();
    assertThat(phone.received("NOTIFY sip:", "SIP/2.0 100", "Subscription-State: active")).isOne();
    assertThat(phone.received("NOTIFY sip:", "SIP/2.0 180 Ringing")).isOne();
    assertThat(phone.received("NOTIFY sip:", "SIP/2.0 200 OK", "terminated;reason=noresource"))
        .isOne();
    JsonNode transferred = alice.await("transferred");
    assertThat(transferred.path("to").path("uri").asString("")).contains("bob");
    assertThat(alice.all("offer")).as("what the page must answer").isEmpty();
    bob.hangup(WsPeer.callOf(incoming), "hangup");
    assertThat(WsPeer.callOf(alice.await("hangup"))).isEqualTo(call);
  }

  @Test
  void theTargetIsBusy() {
    Map<String, String> busy =
        Map.of("to", "alice", "target", "bob", "alerting", "notify-received-twice.xml");
    Sipp phone = refer("uac-refer-fails", busy);
    answered();
    bob.hangup(WsPeer.callOf(bob.awaitIncoming()), "busy");
    phone.awaitSuccess();
    assertThat(phone.received("NOTIFY sip:", "SIP/2.0 486 Busy Here", "terminated")).isOne();
    assertThat(alice.all("transferred")).isEmpty();
  }

  @Test
  void theOtherCallIsThatOfAPhone() {
    int port = stage.ports().one();
    Map<String, String> desk = Map.of("user", "1002", "password", "p1002");
    stage.sipp(new Sipp.Role("register", gateway.sipPort(), port, desk, List.of())).awaitSuccess();
    Sipp target =
        stage.sipp(new Sipp.Role("uas-answers", gateway.sipPort(), port, Map.of(), List.of()));
    String replaces = "?Replaces=theirs%3Bto-tag%3Da%3Bfrom-tag%3Db";
    Sipp phone = refer("uac-refer", Map.of("to", "alice", "target", "1002", "replaces", replaces));
    String call = answered();
    phone.awaitSuccess();
    assertThat(
            target.received("INVITE", "Replaces: theirs;to-tag=a;from-tag=b", "Require: replaces"))
        .isOne();
    assertThat(alice.await("transferred").path("to").path("uri").asString("")).contains("1002");
    alice.hangup(call, "hangup");
    target.awaitSuccess();
  }

  @Test
  void theOtherCallCanBeNobodys() {
    String replaces = "?Replaces=nobody%3Bto-tag%3Da%3Bfrom-tag%3Db";
    Map<String, String> unknown = Map.of("to", "alice", "target", "bob", "replaces", replaces);
    Sipp phone = refer("uac-refer-fails", unknown);
    answered();
    phone.awaitSuccess();
    assertThat(phone.received("NOTIFY sip:", "SIP/2.0 480", "terminated")).isOne();
    assertThat(bob.all("incoming")).isEmpty();
  }

  @Test
  void theTargetIsNobody() {
    Map<String, String> nobody = Map.of("to", "alice", "target", "nobody", "status", "404");
    Sipp phone = refer("uac-refer-refused", nobody);
    answered();
    phone.awaitSuccess();
  }

  @Test
  void whoIsInNoCallTransfersNothing() {
    refer("uac-refer-outside", Map.of("to", "alice")).awaitSuccess();
    assertThat(bob.all("incoming")).isEmpty();
  }

  @Test
  void anotherPhoneOfTheUserTakesTheCallOver() {
    Sipp phone = refer("uac-until-bye", Map.of("to", "alice"));
    String call = answered();
    Sipp other = replace("uac-until-bye", Map.of("replaces", phone.dialog()));
    phone.awaitSuccess();
    assertThat(alice.await("transferred").path("to").path("uri").asString("")).contains("1001");
    assertThat(alice.all("offer")).as("what the page must answer").isEmpty();
    assertThat(alice.all("hangup")).isEmpty();
    other.awaitMessage("SIP/2.0 200 OK", "INVITE");
    alice.hangup(call, "hangup");
    other.awaitSuccess();
  }

  @Test
  void whoMayNotReplaceADialogIsToldWhy() {
    Sipp phone = refer("uac-until-bye", Map.of("to", "alice"));
    String call = answered();
    String dialog = phone.dialog();
    replace(
            "uac-refused",
            Map.of("replaces", dialog, "status", "403", "user", "1002", "password", "p1002"))
        .awaitSuccess();
    replace("uac-refused", Map.of("replaces", dialog + ";early-only", "status", "486"))
        .awaitSuccess();
    replace("uac-refused", Map.of("replaces", "a;to-tag=b;from-tag=c", "status", "481"))
        .awaitSuccess();
    replace("uac-refused", Map.of("replaces", dialog, "status", "488", "sdp", "sdp-none.txt"))
        .awaitSuccess();
    assertThat(alice.all("transferred")).isEmpty();
    alice.hangup(call, "hangup");
    phone.awaitSuccess();
  }

  @Test
  void whatRingsAtAPhoneIsPickedUpAtAnother() {
    int port = stage.ports().one();
    stage
        .sipp(new Sipp.Role("register", gateway.sipPort(), port, Map.of(), List.of()))
        .awaitSuccess();
    Sipp ringing =
        stage.sipp(new Sipp.Role("uas-cancelled", gateway.sipPort(), port, Map.of(), List.of()));
    alice.call("p-1", "1001");
    alice.await("ringing");
    String dialog = ringing.ringing();
    replace(
            "uac-refused",
            Map.of("replaces", dialog, "status", "403", "user", "bob", "password", "bobpw"))
        .awaitSuccess();
    Sipp other =
        replace(
            "uac-until-bye",
            Map.of("replaces", dialog + ";early-only", "user", "1002", "password", "p1002"));
    alice.await("accepted");
    ringing.awaitSuccess();
    assertThat(ringing.received("CANCEL", "Reason: SIP;cause=200")).isEqualTo(1);
    other.awaitMessage("SIP/2.0 200 OK", "INVITE");
    assertThat(alice.all("answer")).as("answers to one offer").hasSize(1);
    alice.hangup("p-1", "hangup");
    other.awaitSuccess();
  }

  private Sipp replace(String scenario, Map<String, String> more) {
    Map<String, String> parameters = new HashMap<>(more);
    parameters.put("to", "alice");
    parameters.put("extra", "replaces.txt");
    return refer(scenario, parameters);
  }

  private Sipp refer(String scenario, Map<String, String> parameters) {
    return stage.sipp(scenario, gateway.sipPort(), parameters);
  }

  private String answered() {
    JsonNode incoming = alice.awaitIncoming();
    alice.answer(incoming);
    return WsPeer.callOf(incoming);
  }
}
