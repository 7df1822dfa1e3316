package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.gateway.e2e.sip.Baresip;
import org.ringdown.gateway.e2e.sip.SipAccount;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.Page;

/**
 * Calls between softphones and real browsers: each side sends a tone of its own, and each must hear
 * the other's.
 */
@NeedsPrograms({"baresip", "node", "chromium", "firefox-esr", "pulseaudio"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallSoundIT {
  private final Stage stage = Stage.of(CallSoundIT.class);
  private final GatewayProcess gateway = stage.gateway(GatewaySettings::forFirefox);
  private final BrowserHost browsers = stage.browsers();

  @BeforeAll
  void launchBrowsers() {
    browsers.launch("chromium", BrowserHost.Kind.CHROMIUM, Tone.OF_BROWSER);
    browsers.launch("firefox", BrowserHost.Kind.FIREFOX, Tone.OF_OTHER_BROWSER);
  }

  @AfterEach
  void nothingIsLeftOfTheCall() {
    gateway.awaitNoCalls();
  }

  @AfterAll
  void sendHome() throws Exception {
    stage.close();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"udp,PCMA", "tcp,PCMA", "udp,PCMU", "udp,G722", "udp,OPUS"})
  void phoneCallsChromium(String transport, Baresip.Codec codec) {
    try (Baresip phone = stage.phone(account("1001", transport), codec, Tone.OF_PHONE);
        Page page = page("chromium", "alice")) {
      int call = phoneCallsPage(phone, page, "alice", Tone.OF_BROWSER);
      phone.hangup();
      page.awaitState(call, "ended");
      assertThat(page.reason(call).path("by").asString("")).isEqualTo("remote");
      assertThat(page.reason(call).path("code").asString("")).isEqualTo("hangup");
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"udp,PCMA", "tcp,PCMA", "udp,PCMU", "udp,G722", "udp,OPUS"})
  void chromiumCallsPhone(String transport, Baresip.Codec codec) {
    try (Baresip phone = stage.answeringPhone(account("1001", transport), codec, Tone.OF_PHONE);
        Page page = page("chromium", "alice")) {
      pageCallsPhone(page, phone, Tone.OF_BROWSER);
    }
  }

  @Test
  void phoneCallsFirefox() {
    try (Baresip phone = stage.phone(account("1001", "udp"), Baresip.Codec.PCMA, Tone.OF_PHONE);
        Page page = page("firefox", "bob")) {
      int call = phoneCallsPage(phone, page, "bob", Tone.OF_OTHER_BROWSER);
      phone.hangup();
      page.awaitState(call, "ended");
    }
  }

  @Test
  void firefoxCallsPhone() {
    try (Baresip phone =
            stage.answeringPhone(account("1001", "udp"), Baresip.Codec.PCMA, Tone.OF_PHONE);
        Page page = page("firefox", "bob")) {
      pageCallsPhone(page, phone, Tone.OF_OTHER_BROWSER);
    }
  }

  @Test
  void browserCallsBrowser() {
    try (Page alice = page("chromium", "alice");
        Page bob = page("firefox", "bob")) {
      int outgoing = alice.call("bob");
      int incoming = bob.awaitIncoming();
      alice.awaitState(outgoing, "ringing");
      bob.answer(incoming);
      alice.awaitState(outgoing, "connected");
      alice.awaitHears(outgoing, Tone.OF_OTHER_BROWSER);
      bob.awaitHears(incoming, Tone.OF_BROWSER);
      bob.hangup(incoming);
      alice.awaitState(outgoing, "ended");
    }
  }

  /** The codecs: alike, and the two laws of G.711 that the gateway turns into each other. */
  @ParameterizedTest
  @CsvSource({"PCMA,PCMA", "PCMA,PCMU"})
  void phoneCallsPhone(Baresip.Codec ofOne, Baresip.Codec ofTwo) {
    SipAccount caller = account("1001", "udp");
    SipAccount callee = account("1002", "tcp");
    try (Baresip one = stage.phone(caller, ofOne, Tone.OF_PHONE);
        Baresip two = stage.answeringPhone(callee, ofTwo, Tone.OF_OTHER_PHONE)) {
      one.dial("1002");
      one.await("CALL_ESTABLISHED");
      one.awaitHears(Tone.OF_OTHER_PHONE);
      two.awaitHears(Tone.OF_PHONE);
      two.hangup();
      one.await("CALL_CLOSED");
    }
  }

  private int phoneCallsPage(Baresip phone, Page page, String user, Tone ofPage) {
    phone.dial(user);
    int call = page.awaitIncoming();
    phone.await("CALL_RINGING");
    page.answer(call);
    phone.await("CALL_ESTABLISHED");
    page.awaitState(call, "connected");
    page.awaitHears(call, Tone.OF_PHONE);
    phone.awaitHears(ofPage);
    return call;
  }

  private void pageCallsPhone(Page page, Baresip phone, Tone ofPage) {
    int call = page.call("1001");
    phone.await("CALL_ESTABLISHED");
    page.awaitState(call, "connected");
    page.awaitHears(call, Tone.OF_PHONE);
    phone.awaitHears(ofPage);
    page.hangup(call);
    phone.await("CALL_CLOSED");
  }

  private Page page(String browser, String user) {
    return Page.open(browsers, browser, gateway.webUrl()).signIn(user, user + "pw");
  }

  private SipAccount account(String user, String transport) {
    SipAccount account = SipAccount.at(gateway.sipPort(), user);
    return transport.equals("tcp") ? account.overTcp() : account;
  }
}
