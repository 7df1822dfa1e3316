package org.ringdown.gateway.e2e;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.ringdown.gateway.e2e.sip.Baresip;
import org.ringdown.gateway.e2e.sip.SipAccount;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.Page;

/** The numbers that the gateway answers itself: echo and tone, from a phone and from a browser. */
@NeedsPrograms({"baresip", "node", "chromium"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExtensionsIT {
  @RegisterExtension final BrowserScene scene = BrowserScene.of(ExtensionsIT.class);

  private final Stage stage = scene.stage();
  private final GatewayProcess gateway = scene.gateway();
  private final BrowserHost browsers = scene.browsers();

  @Test
  void phoneHearsItselfInTheEcho() {
    try (Baresip phone = phone()) {
      phone.dial("9196");
      phone.await("CALL_ESTABLISHED");
      phone.awaitHears(Tone.OF_PHONE);
      phone.hangup();
    }
  }

  @Test
  void phoneHearsTheTone() {
    try (Baresip phone = phone()) {
      phone.dial("9197");
      phone.await("CALL_ESTABLISHED");
      phone.awaitHears(Tone.OF_EXTENSION);
      phone.hangup();
    }
  }

  @Test
  void browserHearsItselfInTheEcho() {
    try (Page page = page()) {
      int call = page.call("9196");
      page.awaitState(call, "connected");
      page.awaitHears(call, Tone.OF_BROWSER);
      page.hangup(call);
    }
  }

  @Test
  void browserHearsTheTone() {
    try (Page page = page()) {
      int call = page.call("9197");
      page.awaitState(call, "connected");
      page.awaitHears(call, Tone.OF_EXTENSION);
      page.hangup(call);
    }
  }

  private Baresip phone() {
    SipAccount account = SipAccount.at(gateway.sipPort(), "1001");
    return stage.phone(account, Baresip.Codec.PCMA, Tone.OF_PHONE);
  }

  private Page page() {
    return Page.open(browsers, "chromium", gateway.webUrl()).signIn("alice", "alicepw");
  }
}
