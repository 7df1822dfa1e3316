package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.ringdown.gateway.e2e.sip.Baresip;
import org.ringdown.gateway.e2e.sip.SipAccount;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.Page;

/**
 * A page is loaded anew while it has a call: it takes the call up with another connection, and the
 * phone notices nothing but a gap in the sound.
 */
@NeedsPrograms({"baresip", "node", "chromium"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageReloadIT {
  @RegisterExtension
  final BrowserScene scene =
      BrowserScene.of(
          PageReloadIT.class, settings -> settings.withWeb("resumeGrace: 30s, reloadGrace: 30s"));

  private final Stage stage = scene.stage();
  private final GatewayProcess gateway = scene.gateway();
  private final BrowserHost browsers = scene.browsers();

  @Test
  void soundIsBackAfterAReloadInACall() {
    try (Baresip phone = stage.answeringPhone(account(), Baresip.Codec.PCMA, Tone.OF_PHONE);
        Page page = page()) {
      page.run("await raw.call('1001')", Map.of());
      page.awaitHears(0, Tone.OF_PHONE);
      phone.awaitHears(Tone.OF_BROWSER);
      comeBack(page);
      int gapMs = page.run("return await raw.gap(0)", Map.of()).asInt();
      System.out.printf("a reload in a call: %d ms without sound%n", gapMs);
      assertBothHear(page, phone);
      assertThat(phone.traced("got re-INVITE")).isFalse();
      end(page, phone);
    }
  }

  @Test
  void callThatRingsIsAnsweredAfterAReload() {
    try (Baresip phone = stage.phone(account(), Baresip.Codec.PCMA, Tone.OF_PHONE);
        Page page = page()) {
      phone.dial("alice");
      phone.await("CALL_RINGING");
      comeBack(page);
      page.run("await raw.answer(0)", Map.of());
      phone.await("CALL_ESTABLISHED");
      assertBothHear(page, phone);
      end(page, phone);
    }
  }

  @Test
  void callThatRingsAtThePhoneIsAnsweredToTheReloadedPage() {
    try (Baresip phone = stage.phone(account(), Baresip.Codec.PCMA, Tone.OF_PHONE);
        Page page = page()) {
      page.run("await raw.call('1001'); await raw.event('ringing')", Map.of());
      comeBack(page);
      phone.answer();
      page.awaitState(0, "connected");
      assertBothHear(page, phone);
      end(page, phone);
    }
  }

  /** The session would be waited for much longer than the phone waits here. */
  @Test
  void phoneIsHungUpSoonIfTheTabIsClosedForGood() {
    GatewayProcess strict =
        stage.gateway(settings -> settings.withWeb("resumeGrace: 10m, reloadGrace: 1s"));
    SipAccount account = SipAccount.at(strict.sipPort(), "1001");
    try (Baresip phone = stage.answeringPhone(account, Baresip.Codec.PCMA, Tone.OF_PHONE)) {
      try (Page page = page(strict)) {
        page.run("await raw.call('1001')", Map.of());
        page.awaitHears(0, Tone.OF_PHONE);
      }
      phone.await("CALL_CLOSED");
      strict.awaitNoCalls();
    }
  }

  private void comeBack(Page page) {
    page.reload();
    page.speakRaw();
    assertThat(page.run("return (await raw.comeBack()).resumed", Map.of()).asBoolean(false))
        .isTrue();
  }

  /** The phone's recording stands still without packets: it has to go on first. */
  private static void assertBothHear(Page page, Baresip phone) {
    int windows = phone.heard().windows().size();
    page.awaitHears(0, Tone.OF_PHONE);
    Awaitility.await("the phone hears on")
        .until(() -> phone.heard().windows().size() > windows + 10);
    phone.awaitHears(Tone.OF_BROWSER);
  }

  private static void end(Page page, Baresip phone) {
    page.run("await raw.request('hangup', { call: rd.calls[0].call })", Map.of());
    phone.await("CALL_CLOSED");
  }

  private Page page() {
    return page(gateway);
  }

  private Page page(GatewayProcess gateway) {
    Page page = Page.open(browsers, "chromium", gateway.webUrl()).speakRaw();
    page.run("await raw.signIn({ user: 'alice', password: 'alicepw' })", Map.of());
    return page;
  }

  private SipAccount account() {
    return SipAccount.at(gateway.sipPort(), "1001");
  }
}
