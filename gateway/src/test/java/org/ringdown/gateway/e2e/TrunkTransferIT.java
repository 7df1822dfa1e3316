package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringdown.gateway.e2e.sip.Baresip;
import org.ringdown.gateway.e2e.sip.Linphone;
import org.ringdown.gateway.e2e.sip.SipAccount;
import org.ringdown.gateway.e2e.sip.Sipp;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.WsPeer;
import tools.jackson.databind.JsonNode;

/**
 * A page transfers whom it talks to over a trunk to somebody behind the same trunk: the PBX is
 * asked to do it, so that the gateway leaves the path; where the PBX does not, the gateway does.
 */
@NeedsPrograms({"sipp", "kamailio", "baresip", "linphonec"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrunkTransferIT {
  private static final String TRUNKS =
      """
      trunks:
        pbx: {server: "sip:127.0.0.1:%1$d", user: gw, password: gwpw, qualify: 1s, transfer: refer}
        asked: {kind: peer, server: "sip:127.0.0.1:%1$d", user: gw, password: gwpw, qualify: null,
                transfer: auto}
        played: {kind: peer, server: "sip:127.0.0.1:%2$d", qualify: null, transfer: refer}
        silent: {kind: peer, server: "sip:127.0.0.1:%2$d", qualify: null, transfer: auto}
      routes:
        - {from: users, match: prefix 0, strip: 1, to: trunk pbx}
        - {from: users, match: prefix 5, strip: 1, to: trunk asked}
        - {from: users, match: prefix 6, strip: 1, to: trunk silent}
        - {from: users, match: prefix 7, strip: 1, to: trunk played}
      """;

  private final Stage stage = Stage.of(TrunkTransferIT.class);
  private final int pbxPort = stage.ports().one();
  private final int played = stage.ports().one();
  private final GatewayProcess gateway =
      stage.gateway(settings -> settings.with(TRUNKS.formatted(pbxPort, played)));
  private final WsPeer alice = stage.peer(gateway, "alice");

  @BeforeAll
  void startPbx() {
    stage.pbx(pbxPort, gateway.sipPort());
    gateway.awaitTrunk("pbx", "up");
  }

  @AfterEach
  void nothingIsLeftOfTheCall() {
    gateway.awaitNoCalls();
    alice.forget();
  }

  @AfterAll
  void sendHome() throws Exception {
    stage.close();
  }

  /** Also over a trunk that is asked only if the phone names REFER in Allow, which baresip does. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "5"})
  void phonesBehindThePbxTalkWithoutTheGateway(String trunk) {
    try (Baresip bob = answering("200", Tone.OF_PHONE);
        Baresip carol = answering("201", Tone.OF_OTHER_PHONE)) {
      call("one", trunk + "200");
      alice.must("transfer", Map.of("call", "one", "to", trunk + "201"));
      JsonNode reason = alice.await("hangup").path("reason");
      assertThat(reason.path("code").asString("")).isEqualTo("transferred");
      bob.awaitTrace("REFER sip:200", "Refer-To: <sip:201@127.0.0.1:" + pbxPort);
      gateway.awaitNoCalls();
      bob.awaitHears(Tone.OF_OTHER_PHONE);
      carol.awaitHears(Tone.OF_PHONE);
      bob.hangup();
    }
  }

  @Test
  void aPbxThatDoesNotNameReferIsNotAsked() {
    Sipp pbx = play("uas-takes-no-refer", 2, Map.of());
    call("one", "61");
    alice.must("transfer", Map.of("call", "one", "to", "62"));
    assertThat(code()).isEqualTo("transferred");
    pbx.awaitSuccess();
    assertThat(pbx.received("REFER sip:")).isZero();
    assertThat(pbx.received("INVITE sip:2@")).isOne();
  }

  /**
   * A phone here refers another one to a call of phones behind the PBX, in whose place it comes.
   */
  @Test
  void aPhoneTakesTheOtherEndOfACallBehindThePbx() {
    try (Baresip stays =
            stage.answeringPhone(
                SipAccount.at(gateway.sipPort(), "1002"), Baresip.Codec.PCMA, Tone.OF_PHONE);
        Linphone carol = stage.linphone(SipAccount.at(pbxPort, "201"), Tone.OF_OTHER_PHONE)) {
      carol.answerAlways();
      Sipp replaced = stage.sipp("uac-plain", carol.port(), Map.of("to", "201"), "-d", "30000");
      String dialog = URLEncoder.encode(replaced.dialog(), StandardCharsets.UTF_8);
      Map<String, String> refer =
          Map.of("to", "1002", "target", "0201", "replaces", "?Replaces=" + dialog);
      stage.sipp("uac-refer", gateway.sipPort(), refer).awaitSuccess();
      replaced.awaitMessage("BYE sip:");
      stays.awaitHears(Tone.OF_OTHER_PHONE);
      stays.hangup();
    }
  }

  @Test
  void twoPhonesBehindThePbxAreJoinedWithoutTheGateway() {
    try (Linphone bob = stage.linphone(SipAccount.at(pbxPort, "200"), Tone.OF_PHONE);
        Linphone carol = stage.linphone(SipAccount.at(pbxPort, "201"), Tone.OF_OTHER_PHONE)) {
      bob.answerAlways();
      carol.answerAlways();
      call("one", "0200");
      call("two", "0201");
      alice.must("transfer", Map.of("call", "one", "with", "two"));
      await().until(() -> alice.all("hangup").size() == 2);
      bob.awaitTalksTo("201");
      carol.awaitTalksTo("200");
      gateway.awaitNoCalls();
      bob.hangup();
    }
  }

  private Baresip answering(String user, Tone tone) {
    return stage.answeringPhone(SipAccount.at(pbxPort, user), Baresip.Codec.PCMA, tone);
  }

  private void call(String call, String number) {
    alice.call(call, number);
    alice.await("accepted");
    alice.forget();
  }

  @Test
  void thePbxReachesTheTarget() {
    Sipp pbx = play("uas-refer", 1, Map.of());
    call("one", "71");
    alice.must("transfer", Map.of("call", "one", "to", "72"));
    assertThat(alice.await("transferred").path("status").asString("")).isEqualTo("ringing");
    assertThat(code()).isEqualTo("transferred");
    pbx.awaitSuccess();
    assertThat(
            pbx.received(
                "REFER sip:", "Refer-To: <sip:2@127.0.0.1:" + played + ">", "Referred-By: <sip:"))
        .isEqualTo(1);
    assertThat(pbx.received("INVITE sip:2@")).isZero();
  }

  @Test
  void thePbxJoinsTwoOfItsCalls() {
    Sipp pbx = play("uas-refer-joins", 2, Map.of());
    call("one", "71");
    call("two", "72");
    alice.must("transfer", Map.of("call", "one", "with", "two"));
    await().until(() -> alice.all("hangup").size() == 2);
    assertThat(alice.all("hangup"))
        .extracting(over -> over.path("reason").path("code").asString(""))
        .containsOnly("transferred");
    pbx.awaitSuccess();
    assertThat(pbx.received("REFER sip:", "?Replaces=", "%3Bto-tag%3D", "%3Bfrom-tag%3D")).isOne();
    assertThat(pbx.received("BYE sip:")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "uas-refer-refused, 405",
    "uas-refer-refused, 481",
    "uas-refer-refused, 603",
    "uas-refer-fails, 503",
    "uas-refer-silent, 0"
  })
  void theGatewayCallsWhereThePbxDoesNot(String scenario, String status) {
    Sipp pbx = play(scenario, 2, Map.of("status", status));
    call("one", "71");
    alice.must("transfer", Map.of("call", "one", "to", "72"));
    assertThat(code()).isEqualTo("transferred");
    pbx.awaitSuccess();
    assertThat(pbx.received("REFER sip:")).isEqualTo(1);
    assertThat(pbx.received("INVITE sip:2@")).isEqualTo(1);
    assertThat(pbx.received("BYE sip:"))
        .as("who stayed is let go when the target hangs up")
        .isOne();
  }

  @Test
  void aTargetThatIsBusyLeavesTheCallAsItWas() {
    Sipp pbx = play("uas-refer-fails", 1, Map.of("status", "486"));
    call("one", "71");
    alice.must("transfer", Map.of("call", "one", "to", "72"));
    JsonNode failed = alice.await("transferred");
    assertThat(failed.toString()).contains("failed", "\"busy\"");
    assertThat(alice.all("hangup")).isEmpty();
    alice.hangup("one", "hangup");
    pbx.awaitSuccess();
    assertThat(pbx.received("INVITE sip:2@")).isZero();
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(30));
  }

  private String code() {
    await().until(() -> !alice.all("hangup").isEmpty());
    return alice.await("hangup").path("reason").path("code").asString("");
  }

  private Sipp play(String scenario, int calls, Map<String, String> more) {
    Map<String, String> parameters = new HashMap<>(more);
    parameters.put("target", "2");
    List<String> options = List.of("-m", Integer.toString(calls));
    return stage.sipp(new Sipp.Role(scenario, gateway.sipPort(), played, parameters, options));
  }
}
