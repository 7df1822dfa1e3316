package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.ringdown.gateway.e2e.sip.Baresip;
import org.ringdown.gateway.e2e.sip.SipAccount;
import org.ringdown.gateway.e2e.sip.Sipp;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.Page;
import org.ringdown.gateway.e2e.web.TcpProxy;
import tools.jackson.databind.JsonNode;

/** What becomes of a page's calls when its socket fails, its token ends, or it talks too much. */
@NeedsPrograms({"baresip", "sipp", "node", "chromium"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SocketFaultIT {
  private static final String SECRET = "a secret of at least 32 characters";

  private final Stage stage = Stage.of(SocketFaultIT.class);
  private final GatewayProcess gateway =
      stage.gateway(
          settings ->
              settings.withWeb(
                  "resumeGrace: 30s, pingInterval: 1s,"
                      + (" tokens: {secret: '" + SECRET + "', clockSkew: 0s, notice: 4s}")));
  private final TcpProxy network = stage.network(gateway);
  private final BrowserHost browsers = stage.browsers();

  @BeforeAll
  void launchBrowser() {
    browsers.launch("chromium", BrowserHost.Kind.CHROMIUM, Tone.OF_BROWSER);
  }

  @AfterEach
  void nothingIsLeftOfTheCall() {
    network.mend();
    gateway.awaitNoCalls();
  }

  @AfterAll
  void sendHome() throws Exception {
    stage.close();
  }

  @Test
  void soundGoesOnWhileTheSocketIsAwayAndOnHold() {
    try (Baresip phone = stage.answeringPhone(account(), Baresip.Codec.PCMA, Tone.OF_PHONE);
        Page page = page()) {
      int call = page.call("1001");
      page.awaitHears(call, Tone.OF_PHONE);
      phone.awaitHears(Tone.OF_BROWSER);
      int usualMs = longestStallMs(page, call, 500);
      network.cut();
      int stallMs = longestStallMs(page, call, 2000);
      awaitClient(page, "reconnecting");
      System.out.printf(
          "a socket cut in a call: at most %d ms without a packet, before it %d ms%n",
          stallMs, usualMs);
      assertThat(stallMs).as("of two seconds").isLessThan(500 + usualMs);
      page.awaitHears(call, Tone.OF_PHONE);
      network.mend();
      awaitClient(page, "online");
      page.hold(call);
      phone.awaitTrace("a=sendonly");
      network.cut();
      awaitClient(page, "reconnecting");
      network.mend();
      awaitClient(page, "online");
      page.resume(call);
      page.awaitHears(call, Tone.OF_PHONE);
      stall();
      page.awaitHears(call, Tone.OF_PHONE);
      page.hangup(call);
      phone.await("CALL_CLOSED");
    }
  }

  @Test
  void phoneThatIsAnsweredWhileTheSocketIsAwayIsInTheCallAfterwards() {
    try (Baresip phone = stage.phone(account(), Baresip.Codec.PCMA, Tone.OF_PHONE);
        Page page = page()) {
      int call = page.call("1001");
      page.awaitState(call, "ringing");
      stall();
      network.cut();
      phone.answer();
      phone.await("CALL_ESTABLISHED");
      network.mend();
      page.awaitState(call, "connected");
      page.awaitHears(call, Tone.OF_PHONE);
      phone.awaitHears(Tone.OF_BROWSER);
      phone.hangup();
      page.awaitState(call, "ended");
    }
  }

  @Test
  void pageThatRingsAnswersAfterItsSocketWasAway() {
    try (Baresip phone = stage.phone(account(), Baresip.Codec.PCMA, Tone.OF_PHONE);
        Page page = page()) {
      phone.dial("alice");
      int call = page.awaitIncoming();
      network.cut();
      awaitClient(page, "reconnecting");
      network.mend();
      awaitClient(page, "online");
      stall();
      page.answer(call);
      phone.await("CALL_ESTABLISHED");
      page.awaitHears(call, Tone.OF_PHONE);
      phone.hangup();
      page.awaitState(call, "ended");
    }
  }

  @Test
  void earlyMediaGoOnWhileTheSocketIsAway() {
    Sipp phone = stage.earlyPhone(gateway.sipPort(), Tone.OF_PHONE, Duration.ofSeconds(7));
    try (Page page = page()) {
      int call = page.call("1001");
      page.awaitState(call, "early");
      page.awaitHears(call, Tone.OF_PHONE);
      network.cut();
      awaitClient(page, "reconnecting");
      page.awaitHears(call, Tone.OF_PHONE);
      network.mend();
      awaitClient(page, "online");
      stall();
      page.awaitHears(call, Tone.OF_PHONE);
      page.awaitState(call, "connected");
      page.awaitHears(call, Tone.OF_PHONE);
      page.hangup(call);
      phone.awaitSuccess();
    }
  }

  @Test
  void transferGoesOnWhileTheSocketIsAway() {
    SipAccount other = SipAccount.at(gateway.sipPort(), "1002");
    try (Baresip phone = stage.answeringPhone(account(), Baresip.Codec.PCMA, Tone.OF_PHONE);
        Baresip target = stage.phone(other, Baresip.Codec.PCMA, Tone.OF_OTHER_PHONE);
        Page page = page()) {
      int call = page.call("1001");
      phone.awaitHears(Tone.OF_BROWSER);
      page.run("rd.done = rd.calls[args.call].transfer('1002')", Map.of("call", call));
      target.await("CALL_INCOMING");
      stall();
      network.cut();
      awaitClient(page, "reconnecting");
      target.answer();
      target.await("CALL_ESTABLISHED");
      phone.awaitHears(Tone.OF_OTHER_PHONE);
      network.mend();
      page.run("await rd.done", Map.of());
      page.awaitState(call, "ended");
      assertThat(page.reason(call).path("code").asString()).isEqualTo("transferred");
      target.awaitHears(Tone.OF_PHONE);
      phone.hangup();
      target.await("CALL_CLOSED");
    }
  }

  /** The page's socket stands, and nothing passes, until the gateway has given it up. */
  private void stall() {
    network.stall();
    assertGatewayNotices();
    network.mend();
  }

  private void assertGatewayNotices() {
    try {
      assertThat(network.awaitGatewayGone(Duration.ofSeconds(15))).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void halfOpenSocketIsNoticedWithinThreePings() throws InterruptedException {
    try (Page page = page()) {
      assertThat(page.run("return rd.client.state", Map.of()).asString("")).isEqualTo("online");
      network.stall();
      long begun = System.nanoTime();
      assertThat(network.awaitGatewayGone(Duration.ofSeconds(15))).isTrue();
      long ms = Duration.ofNanos(System.nanoTime() - begun).toMillis();
      System.out.printf("a half-open socket, pinged each second: noticed after %d ms%n", ms);
      assertThat(ms).isLessThan(8_000);
    }
  }

  @Test
  void callEndsWithItsTokenUnlessItIsRenewed() throws JOSEException {
    try (Page page = Page.open(browsers, "chromium", gateway.webUrl()).speakRaw()) {
      page.run("await raw.signIn({ token: args.token })", Map.of("token", token("carol", 60)));
      page.run("await raw.call('9197')", Map.of());
      page.awaitHears(0, Tone.OF_EXTENSION);
      renew(page, token("carol", 5));
      page.run("await raw.event('token-expiring')", Map.of());
      renew(page, token("carol", 5));
      page.run("await raw.event('token-expiring')", Map.of());
      page.awaitHears(0, Tone.OF_EXTENSION);
      JsonNode end = page.run("return (await raw.event('hangup')).reason", Map.of());
      assertThat(end.path("code").asString("")).isEqualTo("token-expired");
      JsonNode closed = page.run("return await raw.event('closed')", Map.of());
      assertThat(closed.path("code").asInt(0)).isEqualTo(1008);
    }
  }

  private static void renew(Page page, String token) {
    page.run("await raw.request('hello', { token: args.token })", Map.of("token", token));
  }

  @Test
  void pageThatFloodsIsCutOffAndNobodyElseNotices() {
    try (Page other = page();
        Page page = Page.open(browsers, "chromium", gateway.webUrl()).speakRaw()) {
      int call = other.call("9197");
      other.awaitHears(call, Tone.OF_EXTENSION);
      page.run("await raw.signIn({ user: 'bob', password: 'bobpw' })", Map.of());
      page.run(
          "for (let i = 0; i < 5000; i++)"
              + " raw.socket.send(JSON.stringify({ type: 'ack', id: `f${i}`, ack: 1 }))",
          Map.of());
      JsonNode closed = page.run("return await raw.event('closed')", Map.of());
      assertThat(closed.path("code").asInt(0)).isEqualTo(1008);
      other.awaitHears(call, Tone.OF_EXTENSION);
      other.hangup(call);
    }
  }

  /** Looks at the packets of a call for so long; the longest time without one. */
  private static int longestStallMs(Page page, int call, int lookMs) {
    return page.run(LONGEST_STALL, Map.of("call", call, "lookMs", lookMs)).asInt();
  }

  private static final String LONGEST_STALL =
      """
      let [last, since, longest] = [-1, performance.now(), 0];
      for (const end = since + args.lookMs; performance.now() < end;) {
        const packets = await rd.packetsReceived(args.call);
        const now = performance.now();
        longest = Math.max(longest, now - since);
        if (packets !== last) [last, since] = [packets, now];
        await new Promise((done) => setTimeout(done, 20));
      }
      return Math.round(longest);
      """;

  private static void awaitClient(Page page, String state) {
    Awaitility.await("the client is " + state)
        .until(() -> page.run("return rd.client.state", Map.of()).asString(""), state::equals);
  }

  private static String token(String user, int seconds) throws JOSEException {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .subject(user)
            .expirationTime(Date.from(Instant.now().plusSeconds(seconds)))
            .build();
    SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    jwt.sign(new MACSigner(SECRET));
    return jwt.serialize();
  }

  private Page page() {
    return Page.open(browsers, "chromium", network.webUrl()).signIn("alice", "alicepw");
  }

  private SipAccount account() {
    return SipAccount.at(gateway.sipPort(), "1001");
  }
}
