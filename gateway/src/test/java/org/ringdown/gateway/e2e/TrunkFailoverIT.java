package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.ringdown.gateway.e2e.sip.Baresip;
import org.ringdown.gateway.e2e.sip.Kamailio;
import org.ringdown.gateway.e2e.sip.NameServer;
import org.ringdown.gateway.e2e.sip.SipAccount;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.Page;
import org.ringdown.gateway.e2e.web.WsPeer;
import tools.jackson.databind.JsonNode;

/** A PBX of two servers that DNS tells of, and one of them dies in the middle of a call. */
@NeedsPrograms({"kamailio", "dnsmasq", "baresip", "node", "chromium"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrunkFailoverIT {
  private static final String TRUNKS =
      """
      trunks:
        pbx: {server: "sip:pbx.test", user: gw, password: gwpw, qualify: 1s, tryTimeout: 1s}
      routes:
        - {from: trunk pbx, match: exact 100, to: user alice}
        - {from: trunk pbx, match: exact 8100, to: user alice}
        - {from: users, match: prefix 0, strip: 1, to: trunk pbx}
      """;
  private static final Duration TRY_TIMEOUT = Duration.ofSeconds(1);

  private final Stage stage = Stage.of(TrunkFailoverIT.class);
  private final int dns = stage.ports().one();
  private final int first = stage.ports().one();
  private final int second = stage.ports().one();
  private final NameServer names =
      stage.names(
          dns,
          "naptr-record=pbx.test,10,10,S,SIP+D2U,,_sip._udp.pbx.test",
          "srv-host=_sip._udp.pbx.test,a.pbx.test," + first + ",10,1",
          "srv-host=_sip._udp.pbx.test,b.pbx.test," + second + ",20,1",
          "host-record=a.pbx.test,127.0.0.1",
          "host-record=b.pbx.test,127.0.0.1");
  private final GatewayProcess gateway =
      stage.gateway(
          settings -> settings.withSip("dns: {servers: [\"127.0.0.1:" + dns + "\"]}").with(TRUNKS));
  private final Kamailio dying = stage.pbx(first, gateway.sipPort());
  private final Kamailio living = stage.pbx(second, gateway.sipPort());
  private final BrowserHost browsers = stage.browsers();

  @AfterEach
  void nothingIsLeftOfTheCall() {
    gateway.awaitNoCalls();
  }

  @AfterAll
  void sendHome() throws Exception {
    stage.close();
  }

  @Test
  void callsAndRegistrationGoOnAtTheOtherServer() {
    browsers.launch("chromium", BrowserHost.Kind.CHROMIUM, Tone.OF_BROWSER);
    awaitTargets("up", "up");
    gateway.awaitTrunk("pbx", "up");
    assertThat(names.wasAsked("[NAPTR] pbx.test")).isTrue();
    dying.awaitLog("registered gw");
    WsPeer bob = stage.peer(gateway, "bob");
    try (Baresip phone =
            stage.phone(SipAccount.at(second, "200"), Baresip.Codec.PCMA, Tone.OF_PHONE);
        Page alice = Page.open(browsers, "chromium", gateway.webUrl()).signIn("alice", "alicepw")) {
      phone.dial("7100");
      int call = alice.awaitIncoming();
      alice.answer(call);
      alice.awaitHears(call, Tone.OF_PHONE);

      dying.die();
      Duration toTheNext = untilItRings(bob, "one");
      System.out.println("failover from a dead target: " + toTheNext.toMillis() + " ms");
      assertThat(toTheNext).isBetween(TRY_TIMEOUT, TRY_TIMEOUT.plusSeconds(3));
      bob.hangup("one", "hangup");

      awaitTargets("down", "up");
      assertThat(target(0).path("reason").asString("")).contains("408");
      assertThat(gateway.trunk("pbx").path("state").asString("")).isEqualTo("up");
      Duration atOnce = untilItRings(bob, "two");
      System.out.println("call when that is known: " + atOnce.toMillis() + " ms");
      assertThat(atOnce).isLessThan(TRY_TIMEOUT);
      bob.hangup("two", "hangup");

      alice.awaitHears(call, Tone.OF_PHONE);
      phone.awaitHears(Tone.OF_BROWSER);
      alice.hangup(call);
      phone.await("CALL_CLOSED");

      living.awaitLog("registered gw");
      phone.dial("8100");
      int back = alice.awaitIncoming();
      alice.hangup(back);
      phone.await("CALL_CLOSED");
    } finally {
      bob.close();
    }
  }

  private static Duration untilItRings(WsPeer caller, String call) {
    caller.forget();
    long begin = System.nanoTime();
    caller.call(call, "0200");
    caller.await("ringing");
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private JsonNode target(int index) {
    return gateway.trunk("pbx").path("targets").path(index);
  }

  private void awaitTargets(String... states) {
    Awaitility.await("targets are " + List.of(states))
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(
                        StreamSupport.stream(
                                gateway.trunk("pbx").path("targets").spliterator(), false)
                            .map(target -> target.path("state").asString("")))
                    .containsExactly(states));
  }
}
