package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.ringdown.gateway.e2e.sip.Baresip;
import org.ringdown.gateway.e2e.sip.SipAccount;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.Page;

/** Keys pressed during a call arrive at the other side, each once and in order. */
@NeedsPrograms({"baresip", "node", "chromium"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DtmfIT {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String DIGITS = "1590#*";

  private final Stage stage = Stage.of(DtmfIT.class);
  private final GatewayProcess gateway = stage.gateway();

  @AfterAll
  void sendHome() throws Exception {
    stage.close();
  }

  @Test
  void digitsGoBothWays() {
    BrowserHost browsers = stage.browsers();
    browsers.launch("chromium", BrowserHost.Kind.CHROMIUM, Tone.OF_BROWSER);
    SipAccount account = SipAccount.at(gateway.sipPort(), "1001");
    Baresip phone = stage.phone(account, Baresip.Codec.PCMA, Tone.OF_PHONE);
    Page page = Page.open(browsers, "chromium", gateway.webUrl()).signIn("alice", "alicepw");
    phone.dial("alice");
    int call = page.awaitIncoming();
    page.answer(call);
    page.awaitHears(call, Tone.OF_PHONE);

    phone.dtmf(DIGITS);
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(page.digits(call)).as("at the page").isEqualTo(DIGITS));
    page.dtmf(call, DIGITS);
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(phone.digits()).as("at the phone").isEqualTo(DIGITS));

    page.awaitHears(call, Tone.OF_PHONE);
    page.hangup(call);
    gateway.awaitNoCalls();
  }
}
