package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringdown.gateway.e2e.sip.Sipp;
import org.ringdown.gateway.e2e.web.WsPeer;
import tools.jackson.databind.JsonNode;

/** What can happen on a trunk: SIPp is the PBX, known by its address. */
@NeedsPrograms("sipp")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
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
        narrow:
          {kind: peer, server: "sip:127.0.0.1:%1$d", qualify: null, limits: {calls: 1}}
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
        pair:
          {kind: peer, servers: [{server: "sip:127.0.0.1:%2$d"}, {server: "sip:127.0.0.1:%3$d"}],
           qualify: null, tryTimeout: 1s}
        delayed:
          {kind: peer, server: "sip:127.0.0.1:%1$d", user: "1001", password: p1001, qualify: null,
           offer: late}
        backup: {kind: peer, server: "sip:127.0.0.1:%4$d", qualify: null}
      routes:
        - {from: users, match: prefix 7, strip: 1, to: trunk delayed}
        - {from: users, match: prefix 8, strip: 1, to: trunk pair}
        - {from: users, match: prefix 90, strip: 2, to: trunk carrier backup}
        - {from: users, match: prefix 0, strip: 1, to: trunk carrier}
        - {from: users, match: prefix 1, strip: 1, to: trunk locked}
        - {from: users, match: prefix 2, strip: 1, to: trunk narrow, onUnavailable: extension tone}
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
  private final int primary = stage.ports().one();
  private final int secondary = stage.ports().one();
  private final int backup = stage.ports().one();
  private final GatewayProcess gateway =
      stage.gateway(
          settings -> settings.with(TRUNKS.formatted(carrier, primary, secondary, backup)));
  private final WsPeer alice = stage.peer(gateway, "alice");
  private int calls;

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
  void oneCallTooManyForATrunkGoesElsewhere() {
    Sipp pbx = play("uas-answers", Map.of());
    String first = call("21");
    alice.await("accepted");
    alice.forget();
    String second = call("22");
    alice.await("accepted");
    assertThat(pbx.received("INVITE sip:")).isEqualTo(1);
    assertThat(gateway.trunk("narrow").path("refusedByLimit").asInt(0)).isEqualTo(1);
    assertThat(gateway.trunk("narrow").path("calls").asInt(0)).isEqualTo(1);
    alice.hangup(second, "hangup");
    alice.hangup(first, "hangup");
    pbx.awaitSuccess();
    gateway.awaitNoCalls();
    assertThat(gateway.trunk("narrow").path("calls").asInt(-1)).isZero();
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
    String call = call("9001");
    alice.await("accepted");
    alice.hangup(call, "hangup");
    pbx.awaitSuccess();
    pageHasNegotiatedOnce();
  }

  @Test
  void carrierChangesAndHoldsByUpdate() {
    Sipp pbx = play("uas-updates", Map.of(), "-d", "300");
    String call = call("9001");
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
    String call = call("9001");
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

  @Test
  @Order(1)
  void whoWantsToBeLeftAloneIs() {
    Sipp tired = play(primary, "uas-out-of-service", Map.of("retryAfter", "2"));
    Sipp second = play(secondary, "uas-answers", Map.of());
    hangUpWhenAccepted(call("8301234"));
    tired.awaitSuccess();
    second.awaitSuccess();
    assertThat(second.received("INVITE sip:301234@")).isEqualTo(1);
    assertThat(target("pair", 0).path("reason").asString(""))
        .isEqualTo("a call failed: 503 Service unavailable");

    Sipp again = play(secondary, "uas-answers", Map.of());
    Sipp rested = play(primary, "uas-refuses", Map.of("status", "486"));
    hangUpWhenAccepted(call("8301234"));
    again.awaitSuccess();
    assertThat(rested.received("INVITE")).isZero();

    Awaitility.await()
        .until(() -> target("pair", 0).path("state").asString(""), "starting"::equals);
    alice.forget();
    call("8301234");
    assertThat(alice.await("hangup").path("reason").path("code").asString("")).isEqualTo("busy");
    rested.awaitSuccess();
  }

  @Test
  @Order(2)
  void whoIsSilentIsLeftForTheNext() {
    Sipp silent = play(primary, "uas-silent", Map.of("silence", "1500"));
    Sipp second = play(secondary, "uas-answers", Map.of());
    long begin = System.nanoTime();
    String call = call("8301234");
    alice.await("ringing");
    System.out.println("failover from silence: " + (System.nanoTime() - begin) / 1_000_000 + " ms");
    hangUpWhenAccepted(call);
    second.awaitSuccess();
    silent.awaitSuccess();
    assertThat(target("pair", 0).path("state").asString("")).isEqualTo("down");
  }

  @Test
  void theNextTrunkOfTheRuleIsTried() {
    Sipp failing = play("uas-refuses", Map.of("status", "500"));
    Sipp second = play(backup, "uas-answers", Map.of());
    hangUpWhenAccepted(call("90301234"));
    failing.awaitSuccess();
    second.awaitSuccess();
    assertThat(second.received("INVITE sip:301234@")).isEqualTo(1);
  }

  @Test
  void whatTheCalleeSaysIsNotTriedOverAnotherTrunk() {
    Sipp busy = play("uas-refuses", Map.of("status", "486"));
    call("90301234");
    assertThat(alice.await("hangup").path("reason").path("code").asString("")).isEqualTo("busy");
    busy.awaitSuccess();
  }

  private void hangUpWhenAccepted(String call) {
    alice.await("accepted");
    alice.hangup(call, "hangup");
    alice.await("hangup");
    alice.forget();
  }

  private JsonNode target(String trunk, int index) {
    return gateway.trunk(trunk).path("targets").path(index);
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
