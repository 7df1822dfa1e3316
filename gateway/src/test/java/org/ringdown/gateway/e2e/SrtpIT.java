package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ringdown.gateway.e2e.sip.Baresip;
import org.ringdown.gateway.e2e.sip.Linphone;
import org.ringdown.gateway.e2e.sip.SipAccount;
import org.ringdown.gateway.e2e.sip.SipAccount.Encryption;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.Page;

/** Phones that encrypt with keys in their SDP (RFC 4568) and a real browser, sound both ways. */
@NeedsPrograms({"baresip", "linphonec", "node", "chromium"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SrtpIT {
  @RegisterExtension final BrowserScene scene = BrowserScene.of(SrtpIT.class);

  private final Stage stage = scene.stage();
  private final GatewayProcess gateway = scene.gateway();
  private final BrowserHost browsers = scene.browsers();

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void baresipAndChromiumCallEachOther(Encryption encryption) {
    try (Baresip phone =
            stage.answeringPhone(account(encryption), Baresip.Codec.PCMA, Tone.OF_PHONE);
        Page page = page()) {
      phone.dial("alice");
      int incoming = page.awaitIncoming();
      page.answer(incoming);
      phone.await("CALL_ESTABLISHED");
      page.awaitHears(incoming, Tone.OF_PHONE);
      phone.awaitHears(Tone.OF_BROWSER);
      assertEncrypted();
      phone.hangup();
      page.awaitState(incoming, "ended");

      phone.forget();
      int outgoing = page.call("1001");
      phone.await("CALL_ESTABLISHED");
      page.awaitHears(outgoing, Tone.OF_PHONE);
      phone.awaitHears(Tone.OF_BROWSER);
      assertEncrypted();
      page.hangup(outgoing);
    }
  }

  @Test
  void chromiumCallsLinphone() {
    try (Linphone phone = stage.linphone(account(Encryption.MANDATORY), Tone.OF_PHONE);
        Page page = page()) {
      phone.answerAlways();
      int call = page.call("1001");
      page.awaitHears(call, Tone.OF_PHONE);
      phone.awaitHears(Tone.OF_BROWSER, 1);
      assertEncrypted();
      page.hangup(call);
      phone.awaitEnded();
    }
  }

  @Test
  void linphoneCallsChromium() {
    try (Linphone phone = stage.linphone(account(Encryption.MANDATORY), Tone.OF_PHONE);
        Page page = page()) {
      phone.dial("sip:alice@127.0.0.1:" + gateway.sipPort());
      int call = page.awaitIncoming();
      page.answer(call);
      page.awaitHears(call, Tone.OF_PHONE);
      phone.awaitHears(Tone.OF_BROWSER, 1);
      assertEncrypted();
      phone.hangup();
      page.awaitState(call, "ended");
    }
  }

  private void assertEncrypted() {
    assertThat(gateway.calls().toString())
        .containsPattern("\"srtp\":\"AE[A-Z0-9_]+\"")
        .doesNotContain("\"srtp\":\"none\"");
  }

  private SipAccount account(Encryption encryption) {
    return SipAccount.at(gateway.sipPort(), "1001").with(encryption);
  }

  private Page page() {
    return Page.open(browsers, "chromium", gateway.webUrl()).signIn("alice", "alicepw");
  }
}
