package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.ForeignSite;
import org.ringdown.gateway.e2e.web.GuestToken;
import org.ringdown.gateway.e2e.web.Page;

/** The call button on a page of another origin, for guests with a token. */
@NeedsPrograms({"node", "chromium"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallButtonIT {
  private final Stage stage = Stage.of(CallButtonIT.class);
  private final ForeignSite shop = stage.site();
  private final GatewayProcess gateway =
      stage.gateway(
          settings ->
              settings.withWeb(
                  "resumeGrace: 20s, reloadGrace: 20s, allowedOrigins: [\"%s\"], tokens: {secret: \"%s\"}"
                      .formatted(shop.origin(), GuestToken.SECRET)));
  private final BrowserHost browsers = stage.browsers();

  @BeforeAll
  void launchBrowser() {
    browsers.launch("chromium", BrowserHost.Kind.CHROMIUM, Tone.OF_BROWSER);
  }

  @AfterEach
  void nothingIsLeftOfTheCall() {
    gateway.awaitNoCalls();
  }

  @AfterAll
  void sendHome() throws Exception {
    stage.close();
  }

  @Test
  void guestOfAnotherSiteCallsHearsAndHangsUp() {
    try (Page page = shopPage("9197", GuestToken.forNumber("guest-1", "9197"))) {
      click(page, "go");
      awaitState(page, "in-call");
      page.run(
          "document.body.append(Object.assign(new Audio(), {id: 'ear', muted: true, srcObject:"
              + " document.querySelector('ringdown-call').shadowRoot.getElementById('sound').srcObject}))",
          Map.of());
      page.awaitHearsElement("ear", Tone.OF_EXTENSION);
      page.screenshot(stage.screenshots().resolve("call-button-in-call.png"));
      click(page, "go");
      awaitState(page, "ended");
      assertThat(page.barriers()).isEmpty();
    }
  }

  @Test
  void numberThatTheTokenDoesNotNameIsRefusedWithARemedy() {
    try (Page page = shopPage("9196", GuestToken.forNumber("guest-2", "9197"))) {
      click(page, "go");
      awaitState(page, "error");
      assertThat(text(page, "text")).isNotEmpty();
      assertThat(text(page, "remedy")).isNotEmpty();
      page.screenshot(stage.screenshots().resolve("call-button-error.png"));
    }
  }

  @Test
  void callOfAGuestWhoLeavesThePageEndsAtOnce() {
    try (Page page = shopPage("9197", GuestToken.forNumber("guest-3", "9197"))) {
      click(page, "go");
      awaitState(page, "in-call");
      page.run("location.assign('about:blank')", Map.of());
      gateway.awaitNoCalls();
    }
  }

  /** The styles of the site do not reach into the button, and its own do not reach out. */
  @Test
  void buttonAndSiteKeepTheirStylesApart() {
    try (Page page = shopPage("9197", "none")) {
      String body =
          """
          const shadow = document.querySelector('ringdown-call').shadowRoot;
          const inside = getComputedStyle(shadow.getElementById('go'));
          const outside = getComputedStyle(document.querySelector('body > button'));
          return [inside.display, outside.display, outside.borderRadius].join();
          """;
      assertThat(page.run(body, Map.of()).asString("")).isEqualTo("flex,none,0px");
    }
  }

  private Page shopPage(String to, String token) {
    shop.showing(
        """
        <!doctype html><html lang="en"><title>A shop</title>
        <style>button { display: none; border-radius: 0; }</style>
        <script type="module" src="%1$sclient/call-button.js"></script>
        <main><h1>A shop</h1><ringdown-call to="%2$s" token="%3$s">Call the shop</ringdown-call></main>
        <button>Buy</button>
        """
            .formatted(gateway.webUrl(), to, token));
    Page page = Page.open(browsers, "chromium", shop.origin());
    awaitState(page, "idle");
    return page;
  }

  private static void click(Page page, String id) {
    String body =
        "document.querySelector('ringdown-call').shadowRoot.getElementById(args.id).click()";
    page.run(body, Map.of("id", id));
  }

  private static String text(Page page, String id) {
    String body =
        "return document.querySelector('ringdown-call').shadowRoot.getElementById(args.id)"
            + ".textContent";
    return page.run(body, Map.of("id", id)).asString("");
  }

  private static void awaitState(Page page, String state) {
    String body = "return document.querySelector('ringdown-call').getAttribute('state')";
    Awaitility.await("the button is " + state)
        .atMost(Duration.ofSeconds(15))
        .until(() -> page.run(body, Map.of()).asString("").equals(state));
  }
}
