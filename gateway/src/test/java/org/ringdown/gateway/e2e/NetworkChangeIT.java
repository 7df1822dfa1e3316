package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.ringdown.gateway.e2e.sip.Baresip;
import org.ringdown.gateway.e2e.sip.SipAccount;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.BrowserNetwork;
import org.ringdown.gateway.e2e.web.Page;

/**
 * A browser's machine changes to another network in a call: its address goes and another comes.
 * Socket and media both move, and the phone notices nothing but a gap in the sound.
 */
@NeedsPrograms({"ip", "baresip", "node", "chromium"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NetworkChangeIT {
  private final Stage stage = Stage.of(NetworkChangeIT.class);
  private final BrowserNetwork network = stage.ipv4Network();

  @RegisterExtension
  final BrowserScene scene =
      BrowserScene.in(network, stage, settings -> settings.withWeb("resumeGrace: 30s"));

  private final GatewayProcess gateway = scene.gateway();
  private final BrowserHost browsers = scene.browsers();

  @Test
  void soundComesBackByItselfFromAnotherAddress() {
    SipAccount account = SipAccount.at(gateway.sipPort(), "1001");
    try (Baresip phone = stage.answeringPhone(account, Baresip.Codec.PCMA, Tone.OF_PHONE);
        Page page = Page.open(browsers, "chromium", gateway.webUrl())) {
      page.signIn("alice", "alicepw");
      int call = page.call("1001");
      page.awaitHears(call, Tone.OF_PHONE);
      phone.awaitHears(Tone.OF_BROWSER);
      page.run("rd.watch(args.call)", Map.of("call", call));
      int packets = page.packetsReceived(call);

      network.move();
      awaitMediaAt(network.address());
      page.awaitPackets(call, packets + 100);

      int gapMs = page.run("return rd.longestGap()", Map.of()).asInt();
      System.out.printf("another network in a call: %d ms without sound%n", gapMs);
      assertHeardOn(page, call, phone);
      assertThat(phone.traced("got re-INVITE")).isFalse();
      awaitOnline(page);
      page.hangup(call);
      phone.await("CALL_CLOSED");
    }
  }

  private void awaitMediaAt(String address) {
    Awaitility.await("media go to " + address)
        .atMost(Duration.ofSeconds(30))
        .until(() -> gateway.calls().toString().contains("\"" + address + ":"));
  }

  private static void awaitOnline(Page page) {
    Awaitility.await("the page has a socket again")
        .atMost(Duration.ofSeconds(30))
        .until(() -> page.run("return rd.client.state", Map.of()).asString("").equals("online"));
  }

  /** The phone's recording stands still without packets: it has to go on first. */
  private static void assertHeardOn(Page page, int call, Baresip phone) {
    int windows = phone.heard().windows().size();
    page.awaitHears(call, Tone.OF_PHONE);
    Awaitility.await("the phone hears on")
        .until(() -> phone.heard().windows().size() > windows + 10);
    phone.awaitHears(Tone.OF_BROWSER);
  }
}
