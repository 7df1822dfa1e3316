package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringdown.gateway.e2e.sip.Baresip;
import org.ringdown.gateway.e2e.sip.SipAccount;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.Page;
import org.ringdown.gateway.e2e.web.WsPeer;
import tools.jackson.databind.JsonNode;

/** The gateway hung on a PBX, with a phone behind the PBX and pages before the gateway. */
@NeedsPrograms({"kamailio", "baresip", "node", "chromium"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrunkIT {
  private static final String TRUNKS =
      """
      trunks:
        pbx: {server: "sip:127.0.0.1:%1$d", user: gw, password: gwpw, qualify: 1s, callerId: {send: asserted, trust: true}}
        tcp: {server: "sip:127.0.0.1:%1$d;transport=tcp", user: gw, password: gwpw, kind: peer, qualify: 1s}
        delayed: {server: "sip:127.0.0.1:%1$d", user: gw, password: gwpw, kind: peer, qualify: null, offer: late}
        locked: {server: "sip:127.0.0.1:%1$d", user: gw, password: wrong}
      routes:
        - {from: trunk pbx, match: exact 100, to: user alice}
        - {from: trunk pbx, match: exact 8100, to: user alice}
        - {from: trunk pbx, match: exact 8200, to: group alice bob}
        - {from: trunk pbx, match: prefix 89, to: extension echo}
        - {from: user alice, match: prefix 000, strip: 3, to: trunk delayed}
        - {from: user alice, match: prefix 00, strip: 2, to: trunk tcp}
        - {from: user alice, match: prefix 0, strip: 1, to: trunk pbx}
        - {from: users, match: "regex 7[0-9]+", to: trunk locked}
      """;

  private final Stage stage = Stage.of(TrunkIT.class);
  private final int pbxPort = stage.ports().one();
  private final GatewayProcess gateway =
      stage.gateway(settings -> settings.with(TRUNKS.formatted(pbxPort)));
  private final BrowserHost browsers = stage.browsers();

  @BeforeAll
  void startPbx() {
    stage.pbx(pbxPort, gateway.sipPort());
    browsers.launch("chromium", BrowserHost.Kind.CHROMIUM, Tone.OF_BROWSER);
    gateway.awaitTrunk("pbx", "up");
    gateway.awaitTrunk("tcp", "up");
  }

  @AfterEach
  void nothingIsLeftOfTheCall() {
    gateway.awaitNoCalls();
  }

  @AfterAll
  void sendHome() throws Exception {
    stage.close();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"7100", "8100"})
  void phoneBehindThePbxCallsAPage(String number) {
    try (Baresip phone = stage.phone(behindPbx(), Baresip.Codec.PCMA, Tone.OF_PHONE);
        Page page = page("alice")) {
      phone.dial(number);
      int call = page.awaitIncoming();
      phone.await("CALL_RINGING");
      page.answer(call);
      phone.await("CALL_ESTABLISHED");
      page.awaitState(call, "connected");
      page.awaitHears(call, Tone.OF_PHONE);
      phone.awaitHears(Tone.OF_BROWSER);
      phone.hangup();
      page.awaitState(call, "ended");
      assertThat(page.reason(call).path("code").asString("")).isEqualTo("hangup");
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"0200", "00200", "000200"})
  void pageCallsAPhoneBehindThePbx(String number) {
    try (Baresip phone = stage.phone(behindPbx(), Baresip.Codec.PCMA, Tone.OF_PHONE);
        Page page = page("alice")) {
      int call = page.call(number);
      assertThat(phone.await("CALL_INCOMING").path("peeruri").asString(""))
          .startsWith("sip:gw@127.0.0.1");
      page.awaitState(call, "ringing");
      phone.answer();
      page.awaitState(call, "connected");
      page.awaitHears(call, Tone.OF_PHONE);
      phone.awaitHears(Tone.OF_BROWSER);
      page.hangup(call);
      phone.await("CALL_CLOSED");
    }
  }

  @Test
  void phoneBehindThePbxHearsAnExtension() {
    try (Baresip phone = stage.phone(behindPbx(), Baresip.Codec.PCMA, Tone.OF_PHONE)) {
      phone.dial("8999");
      phone.await("CALL_ESTABLISHED");
      phone.awaitHears(Tone.OF_PHONE);
      phone.hangup();
    }
  }

  @Test
  void allOfAGroupRingAndAreShownTheCallersNumber() {
    WsPeer alice = stage.peer(gateway, "alice");
    WsPeer bob = stage.peer(gateway, "bob");
    try (Baresip phone = stage.phone(behindPbx(), Baresip.Codec.PCMA, Tone.OF_PHONE)) {
      phone.dial("8200");
      JsonNode incoming = alice.awaitIncoming();
      assertThat(incoming.path("from").toString()).contains("sip:200@127.0.0.1");
      bob.awaitIncoming();
      phone.hangup();
      assertThat(code(alice)).isEqualTo("cancelled");
      assertThat(code(bob)).isEqualTo("cancelled");
    } finally {
      alice.close();
      bob.close();
    }
  }

  @Test
  void phoneBehindThePbxReachesNothingWithoutARule() {
    try (Baresip phone = stage.phone(behindPbx(), Baresip.Codec.PCMA, Tone.OF_PHONE)) {
      phone.dial("7alice");
      assertThat(phone.await("CALL_CLOSED").path("param").asString("")).contains("404");
      phone.dial("79196");
      assertThat(phone.await("CALL_CLOSED").path("param").asString("")).contains("404");
    }
  }

  @Test
  void usersCallOutOnlyWhereARuleLetsThem() {
    WsPeer bob = stage.peer(gateway, "bob");
    bob.call("one", "0200");
    assertThat(code(bob)).isEqualTo("forbidden");
    bob.forget();
    bob.call("two", "5200");
    assertThat(code(bob)).isEqualTo("not-found");
    bob.close();
  }

  @Test
  void aNumberThatThePbxDoesNotKnowIsNotFound() {
    WsPeer alice = stage.peer(gateway, "alice");
    alice.call("one", "0299");
    assertThat(code(alice)).isEqualTo("not-found");
    alice.close();
  }

  @Test
  void aTrunkWithAWrongPasswordIsDownAndSaysWhy() {
    String why = "401 Unauthorized (the server refuses the user name or the password)";
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(gateway.trunk("locked").path("reason").asString(""))
                    .isEqualTo("registration failed: " + why));
    assertThat(gateway.trunk("locked").path("state").asString("")).isEqualTo("down");
    WsPeer alice = stage.peer(gateway, "alice");
    alice.call("one", "7200");
    JsonNode reason = alice.await("hangup").path("reason");
    assertThat(reason.path("code").asString("")).isEqualTo("unavailable");
    assertThat(reason.toString()).contains("The trunk locked is down: registration failed");
    alice.close();
  }

  @Test
  void preflightSaysWhatATrunkWouldDo() {
    gateway.awaitTrunk("pbx", "up");
    gateway.awaitTrunk("locked", "down");
    WsPeer alice = stage.peer(gateway, "alice");
    JsonNode up = reach(alice, "0200");
    assertThat(up.path("kind").asString("")).isEqualTo("trunk");
    assertThat(up.path("codec").asString("")).isEqualTo("opus");
    assertThat(up.path("trunk").path("state").asString("")).isEqualTo("up");
    assertThat(up.path("trunk").path("optionsMs").isNumber()).isTrue();
    JsonNode down = reach(alice, "7200");
    assertThat(down.path("code").asString("")).isEqualTo("unavailable");
    assertThat(down.path("trunk").path("name").asString("")).isEqualTo("locked");
    assertThat(down.path("trunk").path("state").asString("")).isEqualTo("down");
    alice.close();
  }

  private static JsonNode reach(WsPeer page, String to) {
    return page.request("preflight", Map.of("to", to)).path("result").path("to");
  }

  private static String code(WsPeer page) {
    return page.await("hangup").path("reason").path("code").asString("");
  }

  private Page page(String user) {
    return Page.open(browsers, "chromium", gateway.webUrl()).signIn(user, user + "pw");
  }

  private SipAccount behindPbx() {
    return SipAccount.at(pbxPort, "200");
  }
}
