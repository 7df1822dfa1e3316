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

/**
 * Phones that registered are reached by another gateway in the place of one that was killed: by UDP
 * as before, by TCP over a new connection, as long as they take one.
 */
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
    SipAccount byTcp = SipAccount.at(before.sipPort(), "1002").overTcp();
    try (Baresip first = stage.answeringPhone(byUdp, Baresip.Codec.PCMA, Tone.OF_PHONE);
        Baresip second = stage.answeringPhone(byTcp, Baresip.Codec.PCMU, Tone.OF_PHONE)) {
      int registered = first.sent("REGISTER") + second.sent("REGISTER");
      Awaitility.await("both are in " + before.registrations())
          .until(() -> WorkDir.read(before.registrations()).split("\"contact\"", -1).length == 3);

      GatewayProcess after = stage.inPlaceOf(before);
      after.awaitLog("2 registrations of before hold");
      try (Page page = Page.open(browsers, "chromium", after.webUrl()).signIn("alice", "alicepw")) {
        callWithSound(page, "1001", first);
        callWithSound(page, "1002", second);
        assertThat(first.sent("REGISTER") + second.sent("REGISTER")).isEqualTo(registered);

        second.kill();
        int call = page.call("1002");
        page.awaitState(call, "ended");
        after.awaitLog("a phone is forgotten");
        assertThat(after.status().bindings()).isEqualTo(1);
      }
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
