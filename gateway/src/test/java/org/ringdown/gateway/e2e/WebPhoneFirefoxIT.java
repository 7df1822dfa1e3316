package org.ringdown.gateway.e2e;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.WebPhone;
import org.ringdown.gateway.e2e.web.WsPeer;

/** The web phone in Firefox: each of its views once, and back after a reload. */
@NeedsPrograms({"node", "firefox-esr", "pulseaudio"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebPhoneFirefoxIT {
  private final Stage stage = Stage.of(WebPhoneFirefoxIT.class);
  private final GatewayProcess gateway =
      stage.gateway(
          settings -> settings.forFirefox().withWeb("resumeGrace: 20s, reloadGrace: 20s"));
  private final BrowserHost browsers = stage.browsers();

  @AfterAll
  void sendHome() throws Exception {
    stage.close();
  }

  @Test
  void callsHoldsComesBackAfterAReloadAndLooksIntoTheCall() {
    browsers.launch("firefox", BrowserHost.Kind.FIREFOX, Tone.OF_BROWSER);
    WsPeer bob = stage.peer(gateway, "bob");
    try (WebPhone phone = WebPhone.signIn(browsers, "firefox", gateway.webUrl(), "alice")) {
      keep(phone, "dial");
      phone.dial("9197");
      phone.awaitHears(Tone.OF_EXTENSION);
      phone.page().reload();
      phone.awaitVisible("view-call");
      phone.awaitHears(Tone.OF_EXTENSION);
      phone.awaitText("quality", "sound");
      keep(phone, "call");

      bob.call("p-1", "alice");
      phone.awaitVisible("callers");
      phone.clickOn("#callers .primary");
      phone.awaitText("waiting", "9197 is on hold");
      phone.click("transfer-toggle");
      phone.clickOn("#inspect summary");
      phone.awaitText("timeline", "connected");
      keep(phone, "internals");
      phone.clickOn("#waiting button");
      phone.awaitHears(Tone.OF_EXTENSION);
      phone.page().run("document.activeElement.blur()", Map.of());
      phone.press("Escape");
      bob.hangup("p-1", "hangup");
      phone.click("open-settings");
      phone.awaitVisible("microphone");
      keep(phone, "settings");
      phone.click("close-settings");
      phone.click("sign-out");
      gateway.awaitNoCalls();
    }
  }

  private void keep(WebPhone phone, String view) {
    phone.page().screenshot(stage.screenshots().resolve("web-phone-firefox-" + view + ".png"));
  }
}
