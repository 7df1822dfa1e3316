package org.ringdown.gateway.e2e.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.ringdown.gateway.e2e.sound.Tone;

/** The web phone in a browser, used by its buttons and keys. Elements are named by their ids. */
public final class WebPhone implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Page page;

  private WebPhone(Page page) {
    this.page = page;
  }

  /** Opens it at the sign-in. */
  public static WebPhone open(
      BrowserHost browsers, String browser, String url, int width, int height) {
    WebPhone phone = new WebPhone(Page.open(browsers, browser, url, width, height));
    phone.awaitVisible("signin");
    return phone;
  }

  /** Opens it on a desk and signs in with the user's password. */
  public static WebPhone signIn(BrowserHost browsers, String browser, String url, String user) {
    WebPhone phone = open(browsers, browser, url, 1280, 800);
    phone.signIn(user, user + "pw");
    phone.awaitVisible("view-dial");
    return phone;
  }

  /** Signs in by keyboard alone. */
  public void signIn(String user, String password) {
    focus("user");
    page.run("document.getElementById('user').select()", Map.of());
    page.type(user);
    page.press("Tab");
    page.type(password);
    page.press("Enter");
  }

  /** Dials by keyboard. */
  public void dial(String number) {
    focus("number");
    page.type(number);
    page.press("Enter");
  }

  /** Clicks on an element. */
  public void click(String id) {
    page.run("document.getElementById(args.id).click()", Map.of("id", id));
  }

  /** Clicks on the first element that a CSS selector finds. */
  public void clickOn(String selector) {
    page.run("document.querySelector(args.selector).click()", Map.of("selector", selector));
  }

  /** Gives an element the focus. */
  public void focus(String id) {
    page.run("document.getElementById(args.id).focus()", Map.of("id", id));
  }

  /** Presses keys by their names. */
  public void press(String... keys) {
    page.press(keys);
  }

  /** Types text where the focus is. */
  public void type(String text) {
    page.type(text);
  }

  /** Whether an element is shown. */
  public boolean shows(String id) {
    String body = "return !!document.getElementById(args.id)?.getClientRects().length";
    return page.run(body, Map.of("id", id)).asBoolean();
  }

  /** Waits until an element is shown. */
  public void awaitVisible(String id) {
    Awaitility.await(id + " is shown").atMost(PATIENCE).until(() -> shows(id));
  }

  /** Waits until an element is not shown. */
  public void awaitHidden(String id) {
    Awaitility.await(id + " is not shown").atMost(PATIENCE).until(() -> !shows(id));
  }

  /** The text of an element. */
  public String text(String id) {
    String body = "return document.getElementById(args.id).textContent.trim()";
    return page.run(body, Map.of("id", id)).asString("");
  }

  /** Waits until an element's text has a piece. */
  public void awaitText(String id, String piece) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(text(id)).as(id).contains(piece));
  }

  /** Waits until a button is pressed, or is not. */
  public void awaitPressed(String id, boolean pressed) {
    String body = "return document.getElementById(args.id).getAttribute('aria-pressed')";
    Awaitility.await(id + " is pressed: " + pressed)
        .atMost(PATIENCE)
        .until(() -> page.run(body, Map.of("id", id)).asString("").equals(String.valueOf(pressed)));
  }

  /** Waits until the loudspeaker plays a tone. */
  public void awaitHears(Tone tone) {
    page.awaitHearsElement("remote", tone);
  }

  /** Waits until the picture of the other side is there and moves. */
  public void awaitPicture() {
    String body =
        """
        const video = document.getElementById('remote-video');
        if (!video.videoWidth) return false;
        const frames = () => video.getVideoPlaybackQuality().totalVideoFrames;
        const before = frames();
        await new Promise((done) => setTimeout(done, 300));
        return frames() > before;
        """;
    Awaitility.await("a picture that moves")
        .atMost(PATIENCE)
        .until(() -> page.run(body, Map.of()).asBoolean(false));
  }

  /** The page that it is. */
  public Page page() {
    return page;
  }

  /** Closes the tab; no script of it may have thrown. */
  @Override
  public void close() {
    assertThat(page.errors()).as("script errors").isEmpty();
    page.close();
  }
}
