package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.ringdown.gateway.e2e.sip.Baresip;
import org.ringdown.gateway.e2e.sip.SipAccount;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.BrowserNetwork;
import org.ringdown.gateway.e2e.web.Page;

/** A browser that has nothing but IPv6, and phones that have nothing but IPv4. */
@NeedsPrograms({"ip", "baresip", "node", "chromium"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Ipv6PageIT {
  private final Stage stage = Stage.of(Ipv6PageIT.class);
  private final BrowserNetwork network = stage.ipv6Network();

  @RegisterExtension
  final BrowserScene scene = BrowserScene.in(network, stage, settings -> settings);

  private final GatewayProcess gateway = scene.gateway();
  private final BrowserHost browsers = scene.browsers();

  @Test
  void pageCallsAPhone() {
    try (Baresip phone = stage.answeringPhone(account(), Baresip.Codec.PCMA, Tone.OF_PHONE);
        Page page = page()) {
      int call = page.call("1001");
      page.awaitHears(call, Tone.OF_PHONE);
      phone.awaitHears(Tone.OF_BROWSER);
      assertThat(gateway.calls().toString()).contains("\"[" + network.address() + "]:");
      page.hangup(call);
      phone.await("CALL_CLOSED");
    }
  }

  @Test
  void phoneCallsAPage() {
    try (Baresip phone = stage.phone(account(), Baresip.Codec.PCMA, Tone.OF_PHONE);
        Page page = page()) {
      phone.dial("alice");
      page.answer(page.awaitIncoming());
      phone.await("CALL_ESTABLISHED");
      page.awaitHears(0, Tone.OF_PHONE);
      phone.awaitHears(Tone.OF_BROWSER);
      phone.hangup();
      page.awaitState(0, "ended");
    }
  }

  /** Its own STUN server tells a page its address of this family. */
  @Test
  void preflightFindsTheWayByIpv6() {
    try (Page page = page()) {
      String found = page.run("return await rd.client.preflight()", Map.of()).toString();
      assertThat(found).contains("[" + network.gateway() + "]");
    }
  }

  private Page page() {
    return Page.open(browsers, "chromium", gateway.webUrl()).signIn("alice", "alicepw");
  }

  private SipAccount account() {
    return SipAccount.at(gateway.sipPort(), "1001");
  }
}
