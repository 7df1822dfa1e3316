package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.ringdown.gateway.e2e.sip.Baresip;
import org.ringdown.gateway.e2e.sip.SipAccount;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.Page;

/**
 * A phone puts its call on hold and takes it back. Judged by what the browser hears: baresip 1.0.0
 * stops its own recording with the first hold.
 */
@NeedsPrograms({"baresip", "node", "chromium"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HoldIT {
  private final Stage stage = Stage.of(HoldIT.class);
  private final GatewayProcess gateway = stage.gateway();

  @AfterAll
  void sendHome() throws Exception {
    stage.close();
  }

  @Test
  void soundReturnsAfterHold() {
    BrowserHost browsers = stage.browsers();
    browsers.launch("chromium", BrowserHost.Kind.CHROMIUM, Tone.OF_BROWSER);
    SipAccount account = SipAccount.at(gateway.sipPort(), "1001");
    Baresip phone = stage.answeringPhone(account, Baresip.Codec.PCMA, Tone.OF_PHONE);
    Page page = Page.open(browsers, "chromium", gateway.webUrl()).signIn("alice", "alicepw");
    int call = page.call("1001");
    page.awaitHears(call, Tone.OF_PHONE);
    phone.awaitHears(Tone.OF_BROWSER);

    phone.hold();
    phone.awaitTrace("a=sendonly");
    assertThat(page.state(call)).as("the page's call on hold").isEqualTo("connected");
    phone.resume();
    int before = page.packetsReceived(call);
    Awaitility.await("packets flow again").until(() -> page.packetsReceived(call) > before + 50);
    page.awaitHears(call, Tone.OF_PHONE);

    assertThat(page.state(call)).isEqualTo("connected");
    phone.hangup();
    page.awaitState(call, "ended");
    gateway.awaitNoCalls();
  }
}
