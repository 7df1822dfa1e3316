package org.ringdown.gateway.e2e;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.WebPhone;

/**
 * A user of the web phone has the line to the outside tested: another gateway, whose 9196 echoes.
 */
@NeedsPrograms({"node", "chromium"})
class LineTestIT {
  private final Stage stage = Stage.of(LineTestIT.class);
  private final GatewayProcess carrier = stage.gateway();

  @AfterEach
  void sendHome() throws Exception {
    stage.close();
  }

  @Test
  void anEchoAtTheOtherEndShowsThatSoundAndDigitsPass() {
    GatewayProcess gateway =
        stage.gateway(
            settings ->
                settings.with(
                    """
                    trunks:
                      carrier:
                        kind: register
                        server: "sip:127.0.0.1:%d"
                        user: "1001"
                        password: p1001
                        numbers: {test: "09196"}
                    routes: [{match: prefix 0, strip: 1, to: trunk carrier}]
                    """
                        .formatted(carrier.sipPort())));
    gateway.awaitTrunk("carrier", "up");
    BrowserHost browsers = stage.browsers();
    browsers.launch("chromium", BrowserHost.Kind.CHROMIUM, Tone.OF_BROWSER);
    try (WebPhone phone = WebPhone.signIn(browsers, "chromium", gateway.webUrl(), "alice")) {
      phone.click("open-settings");
      phone.click("check-line");
      phone.awaitVisible("outside");
      phone.click("test-line");
      phone.awaitText("line-findings", "✓ The trunk carrier is up.");
      phone.awaitText("line-findings", "✓ The test number answers.");
      phone.awaitText("line-findings", "✓ Our tone comes back: sound passes both ways.");
      phone.awaitText("line-findings", "✓ The digits that we sent come back.");
      phone.awaitText("line-findings", "✓ The call is ended.");
      phone.awaitText("line-findings", "✓ carrier: The line is in order.");
      phone.click("close-settings");
      phone.click("sign-out");
    }
    gateway.awaitNoCalls();
    carrier.awaitNoCalls();
  }
}
