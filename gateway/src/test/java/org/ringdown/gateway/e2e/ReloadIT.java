package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.ringdown.gateway.e2e.sip.Baresip;
import org.ringdown.gateway.e2e.sip.SipAccount;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.WsPeer;
import tools.jackson.databind.JsonNode;

/** The operator changes the configuration file of a gateway that has calls going on. */
@NeedsPrograms({"baresip", "kamailio", "sipp"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReloadIT {
  private static final String TRUNK_AND_ROUTES =
      """
      trunks:
        pbx: {server: "sip:127.0.0.1:%d", user: gw, password: gwpw, qualify: 1s}
      routes:
        - {from: users, match: exact 555, to: user carol}
        - {from: users, match: prefix 0, strip: 1, to: trunk pbx}
      """;

  private final Stage stage = Stage.of(ReloadIT.class);
  private final int pbxPort = stage.ports().one();
  private final GatewayProcess gateway = stage.gateway();
  private final WsPeer alice = stage.peer(gateway, "alice");

  @AfterAll
  void sendHome() throws Exception {
    stage.close();
  }

  @Test
  @Order(1)
  void aCallGoesOnWhileUsersTrunksAndRoutesChange() {
    stage.pbx(pbxPort, gateway.sipPort());
    WsPeer bob = stage.peer(gateway, "bob");
    stage.sipp("register", gateway.sipPort(), Map.of("user", "1002", "password", "p1002"));
    SipAccount account = SipAccount.at(gateway.sipPort(), "1001");
    try (Baresip phone = stage.phone(account, Baresip.Codec.PCMA, Tone.OF_PHONE)) {
      phone.dial("9196");
      phone.await("CALL_ESTABLISHED");
      Awaitility.await().until(() -> gateway.status().bindings() == 2);

      gateway.rewriteConfig(
          yaml ->
              yaml.replace("bob: {password: bobpw}", "carol: {password: carolpw}")
                      .replaceAll("  \"1002\": .*\n", "")
                  + TRUNK_AND_ROUTES.formatted(pbxPort));
      gateway.hangUp();
      gateway.awaitLog("changed: 3 of users, routes, trunks.pbx");

      assertThat(gateway.status().bindings()).as("registrations left").isEqualTo(1);
      assertThat(bob.await("goodbye").path("reason").asString("")).isEqualTo("token-expired");
      WsPeer carol = stage.peer(gateway, "carol");
      alice.call("new-route", "555");
      assertThat(carol.awaitIncoming().path("to").asString("")).isEqualTo("555");
      alice.hangup("new-route", "hangup");
      gateway.awaitTrunk("pbx", "up");

      phone.awaitHears(Tone.OF_PHONE);
      assertThat(gateway.calls()).as("the call that went on").hasSize(1);
      phone.hangup();
    }
    gateway.awaitNoCalls();
  }

  @Test
  @Order(2)
  void aFileWithMistakesChangesNothing() {
    gateway.rewriteConfig(yaml -> yaml.replace("user carol", "user dave"));
    JsonNode answer = gateway.reload();
    assertThat(answer.path("problems").path(0).asString("")).contains("routes[0].to (line ");
    assertThat(gateway.log()).contains("has mistakes; what was before still holds");
    assertThat(gateway.trunk("pbx").path("state").asString("")).isEqualTo("up");
  }

  @Test
  @Order(3)
  void aChangedFileIsNoticedAndWhatNeedsARestartIsNamed() {
    gateway.rewriteConfig(
        yaml ->
            yaml.replace("user dave", "user carol")
                .replace("realm: ringdown", "realm: elsewhere")
                .replace("qualify: 1s", "limits: {calls: 7}"));
    gateway.awaitLog("changed: trunks.pbx");
    gateway.awaitLog("need a restart to change: sip.realm");
    gateway.awaitTrunk("pbx", "up");
  }
}
