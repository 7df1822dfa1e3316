package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.gateway.e2e.sip.Baresip;
import org.ringdown.gateway.e2e.sip.SipAccount;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.WebPhone;
import org.ringdown.gateway.e2e.web.WsPeer;

/** The web phone as a person uses it. */
@NeedsPrograms({"node", "chromium", "baresip"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebPhoneIT {
  @RegisterExtension
  final BrowserScene scene =
      BrowserScene.of(
          WebPhoneIT.class, settings -> settings.withWeb("resumeGrace: 20s, reloadGrace: 20s"));

  private final Stage stage = scene.stage();
  private final GatewayProcess gateway = scene.gateway();
  private final BrowserHost browsers = scene.browsers();

  @ParameterizedTest(name = "{0}x{1}")
  @CsvSource({"1280,800", "390,844"})
  void signsInDialsHearsAndHangsUpByKeyboard(int width, int height) {
    try (WebPhone phone = WebPhone.open(browsers, "chromium", gateway.webUrl(), width, height)) {
      phone.signIn("alice", "alicepw");
      phone.awaitVisible("view-dial");
      phone.dial("9197");
      phone.awaitHears(Tone.OF_EXTENSION);
      phone.press("Escape");
      phone.awaitHidden("view-call");
      phone.click("sign-out");
    }
  }

  @Test
  void checksTheLineBeforeACall() {
    try (WebPhone phone = alice()) {
      phone.focus("number");
      phone.type("9197");
      phone.click("open-settings");
      phone.click("check-line");
      phone.awaitText("line", "Good sound is to be expected.");
      phone.awaitText("line", "The way to the gateway by UDP is open.");
      phone.awaitText("line", "9197: the gateway answers itself; sound as PCMU");
      phone.click("close-settings");
      phone.click("sign-out");
    }
  }

  @Test
  void holdsOneCallToAnswerAnotherAndGoesBack() {
    WsPeer bob = stage.peer(gateway, "bob");
    try (WebPhone phone = alice()) {
      phone.dial("9197");
      phone.awaitHears(Tone.OF_EXTENSION);
      phone.focus("hold");
      phone.press("Space");
      phone.awaitPressed("hold", true);
      phone.press("Space");
      phone.awaitPressed("hold", false);
      phone.awaitHears(Tone.OF_EXTENSION);

      bob.call("p-1", "alice");
      phone.awaitText("callers", "bob is calling too");
      phone.page().run("document.activeElement.blur()", Map.of());
      phone.press("Enter");
      bob.await("accepted");
      phone.awaitText("waiting", "9197 is on hold");
      phone.clickOn("#waiting button");
      phone.awaitHears(Tone.OF_EXTENSION);
      bob.await("held");
      bob.hangup("p-1", "hangup");
      phone.awaitHidden("waiting");
      phone.click("sign-out");
    }
  }

  @Test
  void comesBackIntoTheCallWithSoundAfterAReload() {
    try (Baresip desk =
            stage.answeringPhone(
                SipAccount.at(gateway.sipPort(), "1001"), Baresip.Codec.PCMA, Tone.OF_PHONE);
        WebPhone phone = alice()) {
      phone.dial("1001");
      phone.awaitHears(Tone.OF_PHONE);
      desk.awaitHears(Tone.OF_BROWSER);

      phone.page().reload();
      phone.awaitText("call-name", "1001");
      phone.awaitText("call-status", ":");
      phone.awaitHears(Tone.OF_PHONE);
      int windows = desk.heard().windows().size();
      Awaitility.await("the desk phone hears on")
          .until(() -> desk.heard().windows().size() > windows + 10);
      desk.awaitHears(Tone.OF_BROWSER);
      assertThat(desk.traced("got re-INVITE")).isFalse();
      phone.press("Escape");
      desk.await("CALL_CLOSED");
      phone.click("sign-out");
    }
  }

  @Test
  void seesAVideoPhoneAndIsSeen() {
    SipAccount account = SipAccount.at(gateway.sipPort(), "1001").withVideo();
    try (Baresip desk = stage.answeringPhone(account, Baresip.Codec.PCMA, Tone.OF_PHONE);
        WebPhone phone = alice()) {
      phone.focus("number");
      phone.type("1001");
      phone.click("video-button");
      phone.awaitPicture();
      phone.awaitHears(Tone.OF_PHONE);
      desk.awaitTrace("video: receiving with resolution 640 x 480");
      phone.press("Escape");
      desk.await("CALL_CLOSED");
      phone.click("sign-out");
    }
  }

  private WebPhone alice() {
    return WebPhone.signIn(browsers, "chromium", gateway.webUrl(), "alice");
  }
}
