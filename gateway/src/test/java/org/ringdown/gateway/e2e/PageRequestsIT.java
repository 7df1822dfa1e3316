package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.ringdown.gateway.e2e.sip.Baresip;
import org.ringdown.gateway.e2e.sip.SipAccount;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.Page;
import tools.jackson.databind.JsonNode;

/** What a page asks of the gateway besides calling: a new path, figures, a look ahead. */
@NeedsPrograms({"baresip", "node", "chromium"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageRequestsIT {
  private final Stage stage = Stage.of(PageRequestsIT.class);
  private final GatewayProcess gateway = stage.gateway();
  private final BrowserHost browsers = stage.browsers();

  @BeforeAll
  void launchBrowser() {
    browsers.launch("chromium", BrowserHost.Kind.CHROMIUM, Tone.OF_BROWSER);
  }

  @AfterAll
  void sendHome() throws Exception {
    stage.close();
  }

  @Test
  void iceRestartIsThePagesOwnAffair() {
    try (Baresip phone = phone();
        Page page = page()) {
      int call = page.call("1001");
      page.awaitHears(call, Tone.OF_PHONE);
      phone.awaitHears(Tone.OF_BROWSER);
      String before = ufrag(page, call);
      page.run("await rd.calls[args.call].restartIce()", Map.of("call", call));
      page.awaitStable(call);
      int received = page.packetsReceived(call);
      assertThat(ufrag(page, call)).as("the page's ICE user name").isNotEqualTo(before);
      page.awaitPackets(call, received + 50);
      page.awaitHears(call, Tone.OF_PHONE);
      phone.awaitHears(Tone.OF_BROWSER);
      assertThat(phone.traced("got re-INVITE")).isFalse();
      page.hangup(call);
      phone.await("CALL_CLOSED");
      gateway.awaitNoCalls();
    }
  }

  @Test
  void figuresOfThePageAreKeptWithTheCall() {
    try (Page page = page()) {
      int call = page.call("9197");
      page.awaitHears(call, Tone.OF_EXTENSION);
      page.run("await rd.calls[args.call].report()", Map.of("call", call));
      JsonNode report = gateway.calls().path(0).path("reports").path("CALLER");
      assertThat(report.path("codec").asString("")).isEqualTo("PCMU/8000");
      assertThat(report.path("packetsReceived").asInt(0)).isPositive();
      page.hangup(call);
      gateway.awaitNoCalls();
    }
  }

  @Test
  void preflightSaysWhomACallWouldReach() {
    try (Baresip phone = phone();
        Page page = page()) {
      JsonNode ready = preflight(page, "1001");
      assertThat(ready.path("user").asString("")).isEqualTo("alice");
      assertThat(ready.path("accepting").asBoolean(false)).isTrue();
      assertThat(ready.path("codecs").toString()).contains("PCMU", "PCMA");
      assertThat(ready.path("mediaPort").asInt(0)).isPositive();
      assertThat(ready.path("network").path("gateway").asString("")).isEqualTo("reached");
      assertThat(ready.path("expected").path("level").asString("")).isEqualTo("good");
      assertThat(ready.path("to").path("phones").asInt(0)).isPositive();
      assertThat(phone.isAlive()).isTrue();
      JsonNode tone = preflight(page, "9197").path("to");
      assertThat(tone.path("kind").asString("")).isEqualTo("extension");
      assertThat(tone.path("codec").asString("")).isEqualTo("PCMU");
      assertThat(preflight(page, "bob").path("to").path("code").asString(""))
          .isEqualTo("unavailable");
      assertThat(preflight(page, "nobody").path("to").path("code").asString(""))
          .isEqualTo("not-found");
    }
  }

  private Page page() {
    return Page.open(browsers, "chromium", gateway.webUrl()).signIn("alice", "alicepw");
  }

  private Baresip phone() {
    SipAccount account = SipAccount.at(gateway.sipPort(), "1001");
    return stage.answeringPhone(account, Baresip.Codec.PCMA, Tone.OF_PHONE);
  }

  private static JsonNode preflight(Page page, String to) {
    return page.run("return await rd.client.preflight(args.to)", Map.of("to", to));
  }

  private static String ufrag(Page page, int call) {
    String body = "return rd.calls[args.call].pc.localDescription.sdp.match(/ice-ufrag:(.*)/)[1]";
    return page.run(body, Map.of("call", call)).asString("");
  }
}
