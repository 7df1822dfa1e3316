package org.ringdown.gateway.e2e;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.ringdown.gateway.e2e.sip.Baresip;
import org.ringdown.gateway.e2e.sip.SipAccount;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.WebPhone;

/** Handing calls over in the web phone; afterwards the two others hear each other. */
@NeedsPrograms({"node", "chromium", "baresip"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebPhoneTransferIT {
  @RegisterExtension final BrowserScene scene = BrowserScene.of(WebPhoneTransferIT.class);

  private final Stage stage = scene.stage();
  private final GatewayProcess gateway = scene.gateway();
  private final BrowserHost browsers = scene.browsers();

  @Test
  void toANumberAfterOneThatIsNotThere() {
    try (Baresip customer = desk("1001", Tone.OF_PHONE);
        Baresip colleague = desk("1002", Tone.OF_OTHER_PHONE);
        WebPhone phone = alice()) {
      phone.dial("1001");
      phone.awaitHears(Tone.OF_PHONE);
      transferTo(phone, "4711");
      phone.awaitText("transfer-error", "Not transferred");
      phone.awaitHears(Tone.OF_PHONE);
      transferTo(phone, "1002");
      phone.awaitText("ended-title", "transferred");
      customer.awaitHears(Tone.OF_OTHER_PHONE);
      colleague.awaitHears(Tone.OF_PHONE);
      customer.hangup();
      colleague.await("CALL_CLOSED");
      phone.click("sign-out");
    }
  }

  @Test
  void toTheOtherSideOfAnotherCall() {
    try (Baresip customer = desk("1001", Tone.OF_PHONE);
        Baresip colleague = desk("1002", Tone.OF_OTHER_PHONE);
        WebPhone phone = alice()) {
      phone.dial("1001");
      phone.awaitHears(Tone.OF_PHONE);
      phone.click("add-call");
      phone.awaitVisible("view-dial");
      phone.dial("1002");
      phone.awaitHears(Tone.OF_OTHER_PHONE);
      phone.click("transfer-toggle");
      phone.awaitText("transfer-calls", "Connect with 1001");
      phone.clickOn("#transfer-calls button");
      phone.awaitHidden("view-call");
      colleague.awaitHears(Tone.OF_PHONE);
      customer.awaitTrace("a=sendonly", "a=sendrecv");
      colleague.hangup();
      customer.await("CALL_CLOSED");
      phone.click("sign-out");
    }
  }

  private static void transferTo(WebPhone phone, String number) {
    if (!phone.shows("transfer-panel")) {
      phone.click("transfer-toggle");
    }
    phone.page().run("document.getElementById('transfer-to').value = ''", Map.of());
    phone.focus("transfer-to");
    phone.type(number);
    phone.press("Enter");
  }

  private Baresip desk(String user, Tone tone) {
    SipAccount account = SipAccount.at(gateway.sipPort(), user);
    return stage.answeringPhone(account, Baresip.Codec.PCMA, tone);
  }

  private WebPhone alice() {
    return WebPhone.signIn(browsers, "chromium", gateway.webUrl(), "alice");
  }
}
