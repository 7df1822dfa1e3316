package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.ringdown.gateway.e2e.sip.Baresip;
import org.ringdown.gateway.e2e.sip.SipAccount;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.Page;

/**
 * A phone or a page puts its call on hold and takes it back. Judged by what the browser hears:
 * baresip 1.0.0 stops its own recording with the first hold.
 */
@NeedsPrograms({"baresip", "node", "chromium"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HoldIT {
  private final Stage stage = Stage.of(HoldIT.class);
  private final GatewayProcess gateway = stage.gateway();
  private final BrowserHost browsers = stage.browsers();
  private Baresip phone;
  private Page page;

  @BeforeAll
  void launchBrowser() {
    browsers.launch("chromium", BrowserHost.Kind.CHROMIUM, Tone.OF_BROWSER);
  }

  @BeforeEach
  void signIn() {
    SipAccount account = SipAccount.at(gateway.sipPort(), "1001");
    phone = stage.answeringPhone(account, Baresip.Codec.PCMA, Tone.OF_PHONE);
    page = Page.open(browsers, "chromium", gateway.webUrl()).signIn("alice", "alicepw");
  }

  @AfterEach
  void nothingIsLeftOfTheCall() {
    page.close();
    phone.close();
    gateway.awaitNoCalls();
  }

  @AfterAll
  void sendHome() throws Exception {
    stage.close();
  }

  @Test
  void soundReturnsAfterHold() {
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
  }

  @Test
  void pageHoldsThePhoneThatItCalled() {
    int call = page.call("1001");
    page.awaitHears(call, Tone.OF_PHONE);
    phone.awaitHears(Tone.OF_BROWSER);
    assertPageHoldsAndResumes(call);
    page.hangup(call);
  }

  @Test
  void pageHoldsThePhoneThatCalledIt() {
    phone.dial("alice");
    int call = page.awaitIncoming();
    page.answer(call);
    page.awaitHears(call, Tone.OF_PHONE);
    assertPageHoldsAndResumes(call);
    page.hangup(call);
  }

  private void assertPageHoldsAndResumes(int call) {
    String before = descriptions(call);
    page.hold(call);
    phone.awaitTrace("got re-INVITE", "a=sendonly", "a=recvonly");
    Awaitility.await("the page hears nothing").until(() -> page.hear(call).levelDb() < -90);
    page.resume(call);
    page.awaitHears(call, Tone.OF_PHONE);
    assertThat(page.state(call)).isEqualTo("connected");
    assertThat(descriptions(call)).as("what the page has negotiated").isEqualTo(before);
  }

  private String descriptions(int call) {
    String body =
        "const { pc } = rd.calls[args.call];"
            + "return pc.currentLocalDescription.sdp + pc.currentRemoteDescription.sdp";
    return page.run(body, Map.of("call", call)).asString("");
  }
}
