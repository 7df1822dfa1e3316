package org.ringdown.gateway.e2e;

import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringdown.gateway.e2e.sip.Linphone;
import org.ringdown.gateway.e2e.sip.SipAccount;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.Page;

/** Calls between linphone, a SIP stack of another family, and a real browser. */
@NeedsPrograms({"linphonec", "node", "chromium"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinphoneIT {
  @RegisterExtension final BrowserScene scene = BrowserScene.of(LinphoneIT.class);

  private final Stage stage = scene.stage();
  private final GatewayProcess gateway = scene.gateway();
  private final BrowserHost browsers = scene.browsers();

  @ParameterizedTest
  @ValueSource(strings = {"udp", "tcp"})
  void linphoneCallsChromium(String transport) {
    try (Linphone phone = linphone(transport);
        Page page = page()) {
      phone.dial("sip:alice@127.0.0.1:" + gateway.sipPort() + ";transport=" + transport);
      int call = page.awaitIncoming();
      page.answer(call);
      phone.awaitConnected();
      page.awaitHears(call, Tone.OF_PHONE);
      phone.awaitHears(Tone.OF_BROWSER, 1);
      phone.hangup();
      page.awaitState(call, "ended");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"udp", "tcp"})
  void chromiumCallsLinphone(String transport) {
    try (Linphone phone = linphone(transport);
        Page page = page()) {
      phone.answerAlways();
      int call = page.call("1001");
      page.awaitState(call, "connected");
      page.awaitHears(call, Tone.OF_PHONE);
      phone.awaitHears(Tone.OF_BROWSER, 1);
      page.hangup(call);
      phone.awaitEnded();
    }
  }

  private Linphone linphone(String transport) {
    SipAccount account = SipAccount.at(gateway.sipPort(), "1001");
    return stage.linphone(transport.equals("tcp") ? account.overTcp() : account, Tone.OF_PHONE);
  }

  private Page page() {
    return Page.open(browsers, "chromium", gateway.webUrl()).signIn("alice", "alicepw");
  }
}
