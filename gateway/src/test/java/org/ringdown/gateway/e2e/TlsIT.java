package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringdown.gateway.e2e.sip.Authority;
import org.ringdown.gateway.e2e.sip.Baresip;
import org.ringdown.gateway.e2e.sip.Kamailio;
import org.ringdown.gateway.e2e.sip.SipAccount;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.Page;

/**
 * SIP over TLS: a phone that checks the gateway's certificate, a PBX where each checks the other's,
 * and a page.
 */
@NeedsPrograms({
  "openssl",
  "baresip",
  "kamailio",
  "/usr/lib/*/kamailio/modules/tls.so",
  "node",
  "chromium"
})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsIT {
  private static final String TRUNK =
      """
      trunks:
        pbx:
          {server: "sip:127.0.0.1:%d;transport=tls", user: gw, password: gwpw, qualify: 1s,
           tls: {trust: "%s", name: pbx.example, requireCertificate: true}}
      routes:
        - {from: trunk pbx, match: "regex 8?100", to: user alice}
        - {from: user alice, match: prefix 0, strip: 1, to: trunk pbx}
      """;

  private final Stage stage = Stage.of(TlsIT.class);
  private final int tlsPort = stage.ports().one();
  private final int pbxPort = stage.ports().one();
  private final int pbxTlsPort = stage.ports().one();
  private final Authority authority = stage.authority();
  private final Path certificate = authority.certify("gateway", "IP:127.0.0.1,DNS:ringdown");
  private final GatewayProcess gateway =
      stage.gateway(
          settings ->
              settings
                  .withTls(tlsPort, certificate)
                  .with(TRUNK.formatted(pbxTlsPort, authority.file())));
  private final BrowserHost browsers = stage.browsers();

  @BeforeAll
  void launchBrowser() {
    Path pbx = authority.certify("pbx", "DNS:pbx.example,IP:127.0.0.1");
    stage.pbx(pbxPort, new Kamailio.Tls(pbxTlsPort, tlsPort, pbx, authority.file()));
    browsers.launch("chromium", BrowserHost.Kind.CHROMIUM, Tone.OF_BROWSER);
    gateway.awaitTrunk("pbx", "up");
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
  void phoneCallsAPage() {
    try (Baresip phone = stage.phone(account(), Baresip.Codec.PCMA, Tone.OF_PHONE);
        Page page = page("alice")) {
      phone.dial("alice");
      int call = page.awaitIncoming();
      page.answer(call);
      phone.await("CALL_ESTABLISHED");
      page.awaitState(call, "connected");
      page.awaitHears(call, Tone.OF_PHONE);
      phone.awaitHears(Tone.OF_BROWSER);
      page.hangup(call);
      phone.await("CALL_CLOSED");
    }
  }

  @Test
  void pageCallsAPhone() {
    try (Baresip phone = stage.answeringPhone(account(), Baresip.Codec.PCMA, Tone.OF_PHONE);
        Page page = page("alice")) {
      int call = page.call("1001");
      page.awaitState(call, "connected");
      page.awaitHears(call, Tone.OF_PHONE);
      phone.awaitHears(Tone.OF_BROWSER);
      assertThat(phone.traced("Via: SIP/2.0/TLS")).isTrue();
      phone.hangup();
      page.awaitState(call, "ended");
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"7100", "8100"})
  void phoneBehindThePbxCallsAPage(String number) {
    try (Baresip phone = stage.phone(behindPbx(), Baresip.Codec.PCMA, Tone.OF_PHONE);
        Page page = page("alice")) {
      phone.dial(number);
      int call = page.awaitIncoming();
      page.answer(call);
      phone.await("CALL_ESTABLISHED");
      page.awaitHears(call, Tone.OF_PHONE);
      phone.awaitHears(Tone.OF_BROWSER);
      page.hangup(call);
      phone.await("CALL_CLOSED");
    }
  }

  @Test
  void pageCallsAPhoneBehindThePbx() {
    try (Baresip phone = stage.answeringPhone(behindPbx(), Baresip.Codec.PCMA, Tone.OF_PHONE);
        Page page = page("alice")) {
      int call = page.call("0200");
      page.awaitState(call, "connected");
      page.awaitHears(call, Tone.OF_PHONE);
      phone.awaitHears(Tone.OF_BROWSER);
      phone.hangup();
      page.awaitState(call, "ended");
    }
  }

  private SipAccount behindPbx() {
    return SipAccount.at(pbxPort, "200");
  }

  private Page page(String user) {
    return Page.open(browsers, "chromium", gateway.webUrl()).signIn(user, user + "pw");
  }

  private SipAccount account() {
    return SipAccount.at(tlsPort, "1001").overTls(certificate, authority.file());
  }
}
