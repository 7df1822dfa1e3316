package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.Page;
import org.ringdown.gateway.e2e.web.TcpProxy;
import org.ringdown.gateway.e2e.web.WebPhone;
import org.ringdown.gateway.e2e.web.WsPeer;

/**
 * Every view of the web phone on a desk and in a hand, light and dark: nothing overhangs, axe finds
 * nothing serious, and the pictures are kept in {@code target/e2e/screenshots}.
 */
@NeedsPrograms({"node", "chromium"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebPhoneViewsIT {
  private record Screen(int width, int height, String scheme, boolean judged) {}

  /** Either size and either scheme is judged once by axe, which takes its time. */
  private static final List<Screen> SCREENS =
      List.of(
          new Screen(390, 844, "light", false),
          new Screen(390, 844, "dark", true),
          new Screen(1280, 800, "dark", false),
          new Screen(1280, 800, "light", true));

  private static final String HANGUP_OUT_OF_SIGHT =
      "const button = document.getElementById('hangup');"
          + " return button.getClientRects().length > 0"
          + " && button.getBoundingClientRect().bottom + scrollY > innerHeight";

  private final Stage stage = Stage.of(WebPhoneViewsIT.class);
  private final GatewayProcess gateway =
      stage.gateway(settings -> settings.withWeb("resumeGrace: 60s"));
  private final TcpProxy network = stage.network(gateway);
  private final BrowserHost browsers = stage.browsers();
  private final List<String> faults = new ArrayList<>();

  @BeforeAll
  void launchBrowser() {
    browsers.launch("chromium", BrowserHost.Kind.CHROMIUM, Tone.OF_BROWSER);
  }

  @AfterEach
  void allViewsAreGood() {
    List<String> found = List.copyOf(faults);
    faults.clear();
    assertThat(found).isEmpty();
    gateway.awaitNoCalls();
  }

  @AfterAll
  void sendHome() throws Exception {
    stage.close();
  }

  @Test
  void signIn() {
    try (WebPhone phone = WebPhone.open(browsers, "chromium", gateway.webUrl(), 1280, 800)) {
      keep(phone, "signin");
      phone.signIn("alice", "wrong");
      phone.awaitText("signin-error", "Sign-in failed");
      keep(phone, "signin-refused");
      phone.click("signin-way");
      keep(phone, "signin-token");
    }
  }

  @Test
  void oneCall() {
    WsPeer bob = stage.peer(gateway, "bob");
    try (WebPhone phone = alice()) {
      keep(phone, "dial");
      phone.dial("9197");
      phone.awaitText("quality", "Good sound");
      keep(phone, "call");
      phone.clickOn("#inspect summary");
      phone.awaitText("timeline", "connected");
      phone.awaitText("plots", "in 50");
      keep(phone, "internals");
      phone.clickOn("#inspect summary");
      phone.click("keypad-toggle");
      keep(phone, "keypad");
      phone.click("hold");
      phone.awaitPressed("hold", true);
      phone.click("add-call");
      phone.awaitVisible("view-dial");
      keep(phone, "add-call");
      phone.clickOn("#waiting button");
      phone.awaitPressed("hold", false);
      bob.call("p-1", "alice");
      phone.awaitVisible("callers");
      keep(phone, "caller");
      phone.clickOn("#callers .primary");
      phone.awaitVisible("waiting");
      phone.click("transfer-toggle");
      keep(phone, "transfer");
      phone.click("sign-out");
    }
  }

  @Test
  void lostConnection() {
    try (WebPhone phone = WebPhone.signIn(browsers, "chromium", network.webUrl(), "alice")) {
      network.cut();
      phone.awaitText("connection-strip", "Connection lost. Reconnecting…");
      keep(phone, "reconnecting");
      network.mend();
      phone.awaitHidden("connection-strip");
      phone.dial("9197");
      phone.awaitVisible("quality");
      network.cut();
      phone.awaitText("connection-strip", "your call is kept");
      keep(phone, "reconnecting-in-call");
      network.mend();
      phone.awaitHidden("connection-strip");
      assertThat(phone.shows("view-call")).as("the call goes on").isTrue();
      phone.click("sign-out");
    }
  }

  @Test
  void callThatFailsSettingsAndTexts() {
    try (WebPhone phone = alice()) {
      phone.dial("4711");
      phone.awaitVisible("view-ended");
      keep(phone, "ended");
      phone.click("ended-close");
      phone.clickOn("#texts summary");
      phone.focus("text-to");
      phone.type("nobody-of-that-name-is-here-at-all");
      phone.focus("text");
      phone.type("Are you there?");
      phone.press("Enter");
      phone.awaitVisible("letters");
      keep(phone, "messages");
      phone.click("open-settings");
      phone.click("test-camera");
      phone.awaitVisible("camera-preview");
      phone.click("check-line");
      phone.awaitText("line", "The gateway answers in");
      keep(phone, "settings");
      phone.click("sign-out");
    }
  }

  @Test
  void videoCallBetweenTwoPages() {
    try (WebPhone alice = alice();
        WebPhone bob = WebPhone.signIn(browsers, "chromium", gateway.webUrl(), "bob")) {
      alice.focus("number");
      alice.type("bob");
      alice.click("video-button");
      bob.awaitText("incoming-kind", "Incoming video call");
      keep(bob, "incoming-video");
      bob.click("answer-video");
      bob.awaitVisible("film");
      alice.awaitPicture();
      bob.awaitPicture();
      keep(alice, "video");
      alice.click("camera-toggle");
      alice.awaitHidden("local-video");
      alice.click("hangup");
      bob.awaitHidden("film");
      alice.click("sign-out");
      bob.click("sign-out");
    }
  }

  private WebPhone alice() {
    return WebPhone.signIn(browsers, "chromium", gateway.webUrl(), "alice");
  }

  private void keep(WebPhone phone, String view) {
    Page page = phone.page();
    for (Screen screen : SCREENS) {
      page.look(screen.width(), screen.height(), screen.scheme());
      page.run("document.querySelector('.side details[open]')?.scrollIntoView()", Map.of());
      String where = view + "-" + screen.width() + "-" + screen.scheme();
      String overhang = "return document.documentElement.scrollWidth - innerWidth";
      int pixels = page.run(overhang, Map.of()).asInt();
      if (pixels > 0) {
        faults.add(where + ": overhangs by " + pixels + " px");
      }
      if (page.run(HANGUP_OUT_OF_SIGHT, Map.of()).asBoolean()) {
        faults.add(where + ": one has to scroll to hang up");
      }
      if (screen.judged()) {
        page.barriers().forEach(barrier -> faults.add(where + ": " + barrier));
      }
      page.screenshot(stage.screenshots().resolve("web-phone-" + where + ".png"));
    }
  }
}
