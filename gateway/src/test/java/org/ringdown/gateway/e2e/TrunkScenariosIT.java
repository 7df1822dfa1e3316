package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringdown.gateway.e2e.sip.Sipp;
import org.ringdown.gateway.e2e.web.WsPeer;
import tools.jackson.databind.JsonNode;

/** What can happen on a trunk: SIPp is the PBX, known by its address. */
@NeedsPrograms("sipp")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrunkScenariosIT {
  private static final String TRUNKS =
      """
      trunks:
        carrier:
          kind: peer
          server: "sip:127.0.0.1:%1$d"
          user: "1001"
          password: p1001
          qualify: null
          headers: {in: [X-Acc*], out: [X-Account]}
        ringing:
          {kind: peer, server: "sip:127.0.0.1:%1$d", qualify: null, earlyMedia: ring}
        strict:
          kind: peer
          server: "sip:127.0.0.1:%1$d"
          qualify: null
          dialogs: {prack: required, sessionExpires: 10m, refresher: us}
        told:
          kind: peer
          server: "sip:127.0.0.1:%1$d"
          qualify: null
          callerId: {from: caller, send: asserted, trust: true, forwarded: both}
          numbers: {dialledOut: prefix 00 -> +, callerOut: "regex .* -> +4930123"}
          headers: {in: [X-Account], out: [X-Account]}
        locked:
          {kind: peer, server: "sip:127.0.0.1:%1$d", user: "1001", password: wrong, qualify: null}
        delayed:
          {kind: peer, server: "sip:127.0.0.1:%1$d", user: "1001", password: p1001, qualify: null,
           offer: late}
      routes:
        - {from: users, match: prefix 7, strip: 1, to: trunk delayed}
        - {from: users, match: prefix 0, strip: 1, to: trunk carrier}
        - {from: users, match: prefix 1, strip: 1, to: trunk locked}
        - {from: users, match: prefix 3, strip: 1, to: trunk ringing}
        - {from: users, match: prefix 6, strip: 1, to: trunk strict}
        - {from: users, match: prefix 400, strip: 1, to: trunk told}
        - {from: users, match: exact 500, to: user bob, onUnavailable: trunk told as 0049171}
        - {from: trunk carrier, match: exact 100, to: user alice}
      headers:
        pages: {in: [X-Account], out: [X-Account]}
      """;

  private final Stage stage = Stage.of(TrunkScenariosIT.class);
  private final int carrier = stage.ports().one();

  @RegisterExtension
  final SignallingScene scene =
      SignallingScene.on(stage, settings -> settings.with(TRUNKS.formatted(carrier)));

  private final GatewayProcess gateway = scene.gateway();
  private final WsPeer alice = scene.alice();

  private int calls;

  @Test
  void callIsChallengedAndGoesOut() {
    Sipp pbx = play("uas-challenges", Map.of());
    String call = call("0301234");
    alice.await("accepted");
    alice.hangup(call, "hangup");
    pbx.awaitSuccess();
    assertThat(pbx.received("INVITE sip:301234@", "CSeq: 1 INVITE")).isEqualTo(1);
    assertThat(pbx.received("INVITE sip:301234@", "CSeq: 2 INVITE")).isEqualTo(1);
  }

  @Test
  void wrongPasswordIsForbidden() {
    Sipp pbx = play("uas-challenges", Map.of());
    call("1301234");
    JsonNode reason = alice.await("hangup").path("reason");
    pbx.awaitSuccess();
    assertThat(reason.path("code").asString("")).isEqualTo("forbidden");
  }

  @ParameterizedTest
  @CsvSource({"486,busy", "404,not-found", "603,declined", "503,overloaded", "403,forbidden"})
  void carrierRefuses(String status, String code) {
    Sipp pbx = play("uas-refuses", Map.of("status", status));
    call("0301234");
    JsonNode reason = alice.await("hangup").path("reason");
    pbx.awaitSuccess();
    assertThat(reason.path("code").asString("")).isEqualTo(code);
    assertThat(reason.path("sip").asInt(0)).isEqualTo(Integer.parseInt(status));
  }

  @Test
  void callFromTheCarrierNeedsNoPassword() {
    Sipp pbx = play("uac-plain", Map.of("to", "100"), "-d", "300");
    JsonNode incoming = alice.awaitIncoming();
    assertThat(incoming.path("from").toString()).contains("sip:1001@127.0.0.1");
    alice.answer(incoming);
    pbx.awaitSuccess();
  }

  @Test
  void carrierLearnsOfACallWhatItsPolicySays() {
    Sipp pbx = play("uas-answers", Map.of());
    String call = "c" + ++calls;
    Map<String, String> headers = Map.of("X-Account", "7", "X-Secret", "8");
    alice.call(call, "40049301", headers);
    alice.await("accepted");
    alice.hangup(call, "hangup");
    pbx.awaitSuccess();
    assertThat(
            pbx.received(
                "INVITE sip:+49301@",
                "From: <sip:+4930123@ringdown>",
                "P-Asserted-Identity: <sip:+4930123@ringdown>",
                "X-Account: 7"))
        .isEqualTo(1);
    assertThat(pbx.received("X-Secret")).isZero();
    assertThat(pbx.received("Diversion")).isZero();
  }

  @Test
  void pageHearsWhatThePbxSaysInItsHeaders() {
    Sipp pbx = play("uas-says-headers", Map.of(), "-d", "300");
    call("40049301");
    assertThat(account(alice.await("ringing"))).isEqualTo("{\"x-account\":\"rings\"}");
    assertThat(account(alice.await("accepted"))).isEqualTo("{\"x-account\":\"answers\"}");
    assertThat(account(alice.await("hangup"))).isEqualTo("{\"x-account\":\"hangs up\"}");
    pbx.awaitSuccess();
  }

  private static String account(JsonNode event) {
    return event.path("headers").toString();
  }

  @Test
  void carrierHearsWhatThePageSaysInItsHeaders() {
    Sipp pbx = play("uas-answers", Map.of());
    String call = call("40049301");
    alice.await("accepted");
    Map<String, String> headers = Map.of("X-Account", "done", "X-Secret", "8");
    alice.must("hangup", Map.of("call", call, "headers", headers));
    pbx.awaitSuccess();
    assertThat(pbx.received("BYE sip:", "X-Account: done")).isEqualTo(1);
    assertThat(pbx.received("X-Secret")).isZero();
  }

  @Test
  void carrierThatCallsHearsThemWithTheAnswer() {
    Sipp pbx = play("uac-plain", Map.of("to", "100"), "-d", "300");
    JsonNode incoming = alice.awaitIncoming();
    Map<String, String> headers = Map.of("X-Account", "agent 7");
    alice.answer(incoming, headers);
    pbx.awaitSuccess();
    assertThat(pbx.received("SIP/2.0 200", "INVITE", "X-Account: agent 7")).isPositive();
  }

  @Test
  void carrierLearnsThatACallWasForwarded() {
    Sipp pbx = play("uas-answers", Map.of());
    String call = call("500");
    alice.await("accepted");
    alice.hangup(call, "hangup");
    pbx.awaitSuccess();
    assertThat(
            pbx.received(
                "INVITE sip:+49171@",
                "Diversion: <sip:500@ringdown>;reason=unavailable;counter=1",
                "History-Info: <sip:500@ringdown>;index=1,"))
        .isEqualTo(1);
  }

  @Test
  void pageLearnsNothingOfACallerWhoHides() {
    Sipp pbx = play("uac-hides", Map.of("to", "100"), "-d", "300");
    JsonNode incoming = alice.awaitIncoming();
    assertThat(incoming.path("from").path("uri").asString(""))
        .isEqualTo("sip:anonymous@anonymous.invalid");
    assertThat(incoming.toString()).doesNotContain("4930999");
    assertThat(incoming.path("headers").toString()).isEqualTo("{\"x-account\":\"9\"}");
    alice.answer(incoming);
    pbx.awaitSuccess();
  }

  @Test
  void carrierMustAcknowledgeAndLetsUsRefresh() {
    Sipp pbx = play("uas-reliable-183", Map.of());
    String call = call("61");
    alice.await("accepted");
    alice.hangup(call, "hangup");
    pbx.awaitSuccess();
    assertThat(
            pbx.received("INVITE sip:1@", "Require: 100rel", "Session-Expires: 600;refresher=uac"))
        .isEqualTo(1);
    assertThat(alice.all("answer")).as("answers to one offer").hasSize(1);
  }

  @Test
  void carrierHasItsSdpInThe183Alone() {
    Sipp pbx = play("uas-183-alone-has-sdp", Map.of());
    String call = call("001");
    alice.await("accepted");
    alice.hangup(call, "hangup");
    pbx.awaitSuccess();
    pageHasNegotiatedOnce();
  }

  @Test
  void carrierChangesAndHoldsByUpdate() {
    Sipp pbx = play("uas-updates", Map.of(), "-d", "300");
    String call = call("001");
    alice.await("resumed");
    alice.hangup(call, "hangup");
    pbx.awaitSuccess();
    assertThat(alice.all("accepted")).hasSize(1);
    assertThat(alice.all("held")).hasSize(1);
    pageHasNegotiatedOnce();
  }

  private void pageHasNegotiatedOnce() {
    assertThat(alice.all("answer")).as("answers to one offer").hasSize(1);
    assertThat(alice.all("offer")).isEmpty();
  }

  @Test
  void carrierForksAndTheOneThatIsLateIsLetGo() {
    Sipp pbx = play("uas-forks", Map.of());
    String call = call("001");
    alice.await("accepted");
    pbx.awaitMessage("BYE sip:", "tag=kitchen");
    alice.hangup(call, "hangup");
    pbx.awaitSuccess();
    assertThat(pbx.received("BYE sip:", "tag=hall")).isEqualTo(1);
    assertThat(alice.all("answer")).as("answers to one offer").hasSize(1);
    assertThat(alice.all("offer")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"uas-offers-in-200", "uas-offers-in-183"})
  void aTrunkThatIsAskedForAnOfferMakesIt(String scenario) {
    Sipp pbx = play(scenario, Map.of());
    String call = call("71");
    alice.await("accepted");
    alice.hangup(call, "hangup");
    pbx.awaitSuccess();
    assertThat(pbx.received("INVITE sip:1@", "Content-Length: 0")).isOne();
    assertThat(alice.all("answer")).as("answers to one offer").hasSize(1);
    assertThat(alice.all("offer")).isEmpty();
  }

  @Test
  void whoOffersNothingUsableIsLetGo() {
    Sipp pbx = play("uas-offers-nothing-usable", Map.of());
    call("71");
    JsonNode reason = alice.await("hangup").path("reason");
    assertThat(reason.path("code").asString("")).isEqualTo("not-acceptable-media");
    pbx.awaitSuccess();
    assertThat(alice.all("accepted")).isEmpty();
  }

  /** Neither of the two offers: the trunk is answered first, the phone offered to then. */
  @Test
  void aPhoneWithoutAnOfferCallsATrunkThatIsAskedForOne() {
    Sipp pbx = play("uas-offers-in-200", Map.of());
    stage
        .sipp(
            "uac-late-offer",
            gateway.sipPort(),
            Map.of("to", "71", "sdp", "sdp-none.txt", "ackSdp", "sdp-pcma.txt"),
            "-d",
            "200")
        .awaitSuccess();
    pbx.awaitSuccess();
  }

  @ParameterizedTest
  @CsvSource({
    "484,not-found",
    "500,unavailable",
    "606,not-acceptable-media",
    "607,declined",
    "608,declined"
  })
  void carrierRefusesForARarerReason(String status, String code) {
    carrierRefuses(status, code);
  }

  @Test
  void earlyMediaOfACarrierMayBeTakenForRinging() {
    Sipp pbx = play("uas-early-then-busy", Map.of());
    call("31");
    JsonNode reason = alice.await("hangup").path("reason");
    pbx.awaitSuccess();
    assertThat(reason.path("code").asString("")).isEqualTo("busy");
    assertThat(reason.path("q850").asInt(0)).isEqualTo(17);
    assertThat(alice.all("ringing")).hasSize(1);
    assertThat(alice.all("answer")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "1001", "9196", "0301234"})
  void callFromTheCarrierReachesNothingWithoutARule(String number) {
    play("uac-plain-refused", Map.of("to", number, "status", "404")).awaitSuccess();
    assertThat(alice.all("incoming")).isEmpty();
  }

  @Test
  void callFromAnotherPortIsChallenged() {
    Map<String, String> parameters = Map.of("to", "100", "status", "401");
    stage.sipp("uac-plain-refused", gateway.sipPort(), parameters).awaitSuccess();
    assertThat(alice.all("incoming")).isEmpty();
  }

  private String call(String number) {
    String call = "c" + ++calls;
    alice.call(call, number);
    return call;
  }

  private Sipp play(String scenario, Map<String, String> parameters, String... options) {
    return play(carrier, scenario, parameters, options);
  }

  private Sipp play(int port, String scenario, Map<String, String> parameters, String... options) {
    return stage.sipp(
        new Sipp.Role(scenario, gateway.sipPort(), port, parameters, List.of(options)));
  }
}
