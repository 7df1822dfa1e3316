package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.Page;
import org.ringdown.gateway.e2e.web.WsPeer;

/** The web phone as a person uses it, by keyboard alone, on a desk and in a hand. */
@NeedsPrograms({"node", "chromium"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebPhoneIT {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Stage stage = Stage.of(WebPhoneIT.class);
  private final GatewayProcess gateway = stage.gateway();
  private final BrowserHost browsers = stage.browsers();

  @AfterAll
  void sendHome() throws Exception {
    stage.close();
  }

  @ParameterizedTest(name = "{0}x{1}")
  @CsvSource({"1280,800", "390,844"})
  void signsInDialsHearsAndHangsUpByKeyboard(int width, int height) {
    String browser = "chromium-" + width;
    browsers.launch(browser, BrowserHost.Kind.CHROMIUM, Tone.OF_BROWSER);
    Page page = Page.open(browsers, browser, gateway.webUrl(), width, height);
    keep(page, width, "1-signin");
    page.run("document.getElementById('user').focus()", Map.of());
    page.type("alice");
    page.press("Tab");
    page.type("alicepw");
    page.press("Enter");
    awaitVisible(page, "view-dial");
    keep(page, width, "2-dial");

    page.type("9197");
    page.press("Enter");
    awaitVisible(page, "view-call");
    awaitHearsTone(page);
    keep(page, width, "3-call");

    page.press("Escape");
    Awaitility.await("the call is over")
        .atMost(PATIENCE)
        .until(() -> !isVisible(page, "view-call"));
    keep(page, width, "4-over");
    gateway.awaitNoCalls();
    assertThat(page.errors()).as("script errors").isEmpty();
    page.close();
  }

  @ParameterizedTest(name = "{0}x{1}")
  @CsvSource({"1280,800", "390,844"})
  void holdsOneCallToAnswerAnotherAndGoesBack(int width, int height) {
    String browser = "chromium-hold-" + width;
    browsers.launch(browser, BrowserHost.Kind.CHROMIUM, Tone.OF_BROWSER);
    Page page = Page.open(browsers, browser, gateway.webUrl(), width, height);
    page.run("document.getElementById('user').focus()", Map.of());
    page.type("alice");
    page.press("Tab");
    page.type("alicepw");
    page.press("Enter");
    awaitVisible(page, "view-dial");
    page.type("9197");
    page.press("Enter");
    awaitHearsTone(page);
    page.run("document.getElementById('hold').focus()", Map.of());
    page.press("Space");
    awaitPressed(page, "true");
    keep(page, width, "5-hold");
    page.press("Space");
    awaitPressed(page, "false");
    awaitHearsTone(page);

    WsPeer bob = stage.peer(gateway, "bob");
    bob.call("p-1", "alice");
    awaitVisible(page, "second");
    keep(page, width, "6-second");
    page.run("document.activeElement.blur()", Map.of());
    page.press("Enter");
    bob.await("accepted");
    awaitVisible(page, "waiting");
    keep(page, width, "7-waiting");
    page.run("document.querySelector('#waiting button').click()", Map.of());
    awaitHearsTone(page);
    bob.await("held");
    bob.hangup("p-1", "hangup");
    Awaitility.await("nobody waits any more").until(() -> !isVisible(page, "waiting"));
    page.press("Escape");
    gateway.awaitNoCalls();
    assertThat(page.errors()).as("script errors").isEmpty();
    page.close();
  }

  private static void awaitHearsTone(Page page) {
    Awaitility.await("the tone is heard")
        .atMost(PATIENCE)
        .until(() -> page.hearElement("remote").isOf(Tone.OF_EXTENSION));
  }

  private static void awaitPressed(Page page, String pressed) {
    String body = "return document.getElementById('hold').getAttribute('aria-pressed')";
    Awaitility.await("hold is pressed: " + pressed)
        .until(() -> page.run(body, Map.of()).asString("").equals(pressed));
  }

  private void keep(Page page, int width, String moment) {
    int overhang =
        page.run("return document.documentElement.scrollWidth - innerWidth", Map.of()).asInt();
    assertThat(overhang)
        .as("%s at %s px: pixels that overhang", moment, width)
        .isLessThanOrEqualTo(0);
    Path png = stage.screenshots().resolve("web-phone-" + width + "-" + moment + ".png");
    page.screenshot(png);
  }

  private static void awaitVisible(Page page, String element) {
    Awaitility.await(element + " is shown").atMost(PATIENCE).until(() -> isVisible(page, element));
  }

  private static boolean isVisible(Page page, String element) {
    String body = "return !!document.getElementById(args.element)?.getClientRects().length";
    return page.run(body, Map.of("element", element)).asBoolean();
  }
}
