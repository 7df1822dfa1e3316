package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.ringdown.gateway.e2e.process.WorkDir;
import org.ringdown.gateway.e2e.sip.Baresip;
import org.ringdown.gateway.e2e.sip.SipAccount;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.Page;

/** Phones that registered are reached by another gateway in the place of one that was killed. */
@NeedsPrograms({"baresip", "node", "chromium"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartIT {
  private final Stage stage = Stage.of(RestartIT.class);
  private final GatewayProcess before = stage.gateway();
  private final BrowserHost browsers = stage.browsers();

  @BeforeAll
  void launchBrowser() {
    browsers.launch("chromium", BrowserHost.Kind.CHROMIUM, Tone.OF_BROWSER);
  }

  @AfterAll
  void sendHome() throws Exception {
    stage.close();
  }

  @Test
  void phonesNeedNotRegisterAgain() {
    SipAccount byUdp = SipAccount.at(before.sipPort(), "1001");
    try (Baresip phone = stage.answeringPhone(byUdp, Baresip.Codec.PCMA, Tone.OF_PHONE)) {
      int registered = phone.sent("REGISTER");
      Awaitility.await("it is in " + before.registrations())
          .until(() -> WorkDir.read(before.registrations()).contains("\"contact\""));

      GatewayProcess after = stage.inPlaceOf(before);
      after.awaitLog("1 registrations of before hold");
      try (Page page = Page.open(browsers, "chromium", after.webUrl()).signIn("alice", "alicepw")) {
        callWithSound(page, "1001", phone);
      }
      assertThat(phone.sent("REGISTER")).isEqualTo(registered);
      after.awaitNoCalls();
    }
  }

  private static void callWithSound(Page page, String number, Baresip phone) {
    int call = page.call(number);
    page.awaitState(call, "connected");
    page.awaitHears(call, Tone.OF_PHONE);
    phone.awaitHears(Tone.OF_BROWSER);
    page.hangup(call);
    phone.await("CALL_CLOSED");
  }
}
