package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.GuestToken;
import org.ringdown.gateway.e2e.web.WebPhone;
import org.ringdown.gateway.e2e.web.WsPeer;

/** The web phone rings and notifies, takes other devices, and lets in who has a token. */
@NeedsPrograms({"node", "chromium"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebPhoneAlertsIT {
  /** Keeps what the phone plays and announces, which is done all the same. */
  private static final String WATCH =
      """
      window.seen = { sounds: 0, silenced: 0, context: '', notices: [], closed: 0 };
      const { OscillatorNode: Sound, Notification: Notice } = window;
      window.OscillatorNode = class extends Sound {
        start(...when) { seen.sounds++; seen.context = this.context.state; super.start(...when); }
        stop(...when) { if (!when.length) seen.silenced++; super.stop(...when); }
      };
      window.Notification = class extends Notice {
        constructor(title, more) { super(title, more); seen.notices.push(title); }
        close() { seen.closed++; super.close(); }
      };
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
      return Notification.permission;
      """;

  @RegisterExtension
  final BrowserScene scene =
      BrowserScene.of(
          WebPhoneAlertsIT.class,
          settings -> settings.withWeb("tokens: {secret: \"%s\"}".formatted(GuestToken.SECRET)));

  private final Stage stage = scene.stage();
  private final GatewayProcess gateway = scene.gateway();
  private final BrowserHost browsers = scene.browsers();

  @Test
  void callThatComesInTheBackgroundRingsAndIsNotified() {
    WsPeer bob = stage.peer(gateway, "bob");
    try (WebPhone phone = WebPhone.signIn(browsers, "chromium", gateway.webUrl(), "alice")) {
      phone.page().permit("notifications");
      assertThat(phone.page().run(WATCH, Map.of()).asString("")).isEqualTo("granted");
      bob.call("p-1", "alice");
      phone.awaitVisible("view-incoming");
      awaitTrue(phone, "seen.sounds >= 8 && seen.context === 'running'");
      awaitTrue(phone, "seen.notices.join() === 'bob is calling'");
      phone.click("decline");
      awaitTrue(phone, "seen.closed === 1 && seen.silenced > 0");
      phone.click("sign-out");
    }
  }

  @Test
  void anotherMicrophoneIsSpokenThroughInTheCall() {
    try (WebPhone phone = WebPhone.signIn(browsers, "chromium", gateway.webUrl(), "alice")) {
      phone.dial("9196");
      phone.awaitHears(Tone.OF_BROWSER);
      phone.click("open-settings");
      awaitTrue(phone, "document.querySelectorAll('#microphone option').length > 1");
      phone
          .page()
          .run(
              """
              const list = document.getElementById('microphone');
              list.value = list.options[list.options.length - 1].value;
              list.dispatchEvent(new Event('change'));
              """,
              Map.of());
      phone.awaitHears(Tone.OF_BROWSER);
      awaitTrue(phone, "document.getElementById('settings-error').hidden");
      phone.page().run("document.getElementById('settings').close()", Map.of());
      phone.click("hangup");
      phone.click("sign-out");
    }
  }

  @Test
  void deviceThatIsPluggedInAppearsAndOneThatIsPulledOutGoes() {
    try (WebPhone phone = WebPhone.signIn(browsers, "chromium", gateway.webUrl(), "alice")) {
      phone.click("open-settings");
      awaitTrue(phone, "document.querySelectorAll('#microphone option').length > 1");
      plugIn(phone, "{ kind: 'audioinput', deviceId: 'headset', label: 'A headset' }");
      awaitTrue(phone, "document.getElementById('microphone').textContent.includes('A headset')");
      plugIn(phone, "");
      awaitTrue(phone, "!document.getElementById('microphone').textContent.includes('A headset')");
      phone.page().run("document.getElementById('settings').close()", Map.of());
      phone.click("sign-out");
    }
  }

  @Test
  void tokenSignsInAndABadOneIsRefusedWithARemedy() {
    try (WebPhone phone = WebPhone.open(browsers, "chromium", gateway.webUrl(), 1280, 800)) {
      phone.click("signin-way");
      phone.focus("token");
      phone.type("no.token.atall");
      phone.press("Enter");
      phone.awaitText("signin-error", "The token is not a signed JWT. Check");
      phone.page().run("document.getElementById('token').value = ''", Map.of());
      phone.focus("token");
      phone.type(GuestToken.forUser("alice"));
      phone.press("Enter");
      phone.awaitVisible("view-dial");
      phone.awaitText("presence-text", "alice");
      phone.dial("9197");
      phone.awaitHears(Tone.OF_EXTENSION);
      phone.click("hangup");
      phone.click("sign-out");
    }
  }

  /** What the browser itself would do: other devices from now on, and an event. */
  private static void plugIn(WebPhone phone, String device) {
    phone
        .page()
        .run(
            """
            const { mediaDevices } = navigator;
            const real = await Object.getPrototypeOf(mediaDevices).enumerateDevices.call(mediaDevices);
            mediaDevices.enumerateDevices = async () => [...real, ...args.more];
            mediaDevices.dispatchEvent(new Event('devicechange'));
            """
                .replace("args.more", "[" + device + "]"),
            Map.of());
  }

  private static void awaitTrue(WebPhone phone, String condition) {
    Awaitility.await(condition)
        .atMost(Duration.ofSeconds(20))
        .until(() -> phone.page().run("return " + condition, Map.of()).asBoolean(false));
  }
}
