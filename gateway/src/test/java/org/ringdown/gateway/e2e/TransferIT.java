package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.ringdown.gateway.e2e.sip.Baresip;
import org.ringdown.gateway.e2e.sip.Linphone;
import org.ringdown.gateway.e2e.sip.SipAccount;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.Page;

/**
 * Calls that change hands. Whoever stays must hear whoever comes, and the other way round, without
 * having been renegotiated.
 */
@NeedsPrograms({"baresip", "linphonec", "node", "chromium"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransferIT {
  private final Stage stage = Stage.of(TransferIT.class);
  private final GatewayProcess gateway = stage.gateway();
  private final BrowserHost browsers = stage.browsers();
  private Baresip phone;
  private Page alice;
  private Page bob;

  @BeforeAll
  void launchBrowsers() {
    browsers.launch("chromium", BrowserHost.Kind.CHROMIUM, Tone.OF_BROWSER);
    browsers.launch("other", BrowserHost.Kind.CHROMIUM, Tone.OF_OTHER_BROWSER);
  }

  @BeforeEach
  void signIn() {
    SipAccount account = SipAccount.at(gateway.sipPort(), "1001");
    phone = stage.answeringPhone(account, Baresip.Codec.PCMA, Tone.OF_PHONE);
    alice = Page.open(browsers, "chromium", gateway.webUrl()).signIn("alice", "alicepw");
    bob = Page.open(browsers, "other", gateway.webUrl()).signIn("bob", "bobpw");
  }

  @AfterEach
  void nothingIsLeftOfTheCall() {
    alice.close();
    bob.close();
    phone.close();
    gateway.awaitNoCalls();
  }

  @AfterAll
  void sendHome() throws Exception {
    stage.close();
  }

  @Test
  void phoneSendsThePageToAnotherPage() {
    int call = alice.call("1001");
    alice.awaitHears(call, Tone.OF_PHONE);
    String before = descriptions(alice, call);
    phone.transfer("bob");
    int incoming = bob.awaitIncoming();
    assertThat(
            bob.run("return rd.calls[args.call].remote.uri", Map.of("call", incoming)).asString())
        .contains("alice");
    phone.awaitTrace("SIP/2.0 180 Ringing");
    bob.answer(incoming);
    alice.awaitHears(call, Tone.OF_OTHER_BROWSER);
    bob.awaitHears(incoming, Tone.OF_BROWSER);
    phone.await("CALL_CLOSED");
    assertThat(descriptions(alice, call)).as("what the page has negotiated").isEqualTo(before);
    assertThat(remote(alice, call)).contains("bob");
    bob.hangup(incoming);
    alice.awaitState(call, "ended");
  }

  @Test
  void pageSendsThePhoneToAnotherPage() {
    phone.dial("alice");
    int call = alice.awaitIncoming();
    alice.answer(call);
    alice.awaitHears(call, Tone.OF_PHONE);
    phone.awaitHears(Tone.OF_BROWSER);
    alice.run("rd.done = rd.calls[args.call].transfer('bob')", Map.of("call", call));
    int incoming = bob.awaitIncoming();
    bob.answer(incoming);
    alice.run("await rd.done", Map.of());
    alice.awaitState(call, "ended");
    assertThat(alice.reason(call).path("code").asString()).isEqualTo("transferred");
    bob.awaitHears(incoming, Tone.OF_PHONE);
    phone.awaitHears(Tone.OF_OTHER_BROWSER);
    assertThat(phone.traced("re-INVITE")).as("the phone was renegotiated").isFalse();
    bob.hangup(incoming);
  }

  /** Two pages speak Opus, which the phone has not: the one that stays is offered another codec. */
  @Test
  void pageSendsAPageToThePhone() {
    int call = alice.call("bob");
    int incoming = bob.awaitIncoming();
    bob.answer(incoming);
    alice.awaitHears(call, Tone.OF_OTHER_BROWSER);
    bob.run("await rd.calls[args.call].transfer('1001')", Map.of("call", incoming));
    bob.awaitState(incoming, "ended");
    alice.awaitHears(call, Tone.OF_PHONE);
    phone.awaitHears(Tone.OF_BROWSER);
    alice.hangup(call);
    phone.await("CALL_CLOSED");
  }

  @Test
  void pageJoinsThePhoneWithAnotherPage() {
    int customer = alice.call("1001");
    alice.awaitHears(customer, Tone.OF_PHONE);
    int colleague = alice.call("bob");
    int incoming = bob.awaitIncoming();
    bob.answer(incoming);
    alice.awaitHears(colleague, Tone.OF_OTHER_BROWSER);
    bob.awaitHears(incoming, Tone.OF_BROWSER);
    alice.join(customer, colleague);
    alice.awaitState(customer, "ended");
    alice.awaitState(colleague, "ended");
    assertThat(alice.reason(customer).path("code").asString()).isEqualTo("transferred");
    assertThat(alice.reason(colleague).path("code").asString()).isEqualTo("transferred");
    bob.awaitHears(incoming, Tone.OF_PHONE);
    phone.awaitHears(Tone.OF_OTHER_BROWSER);
    assertThat(remote(bob, incoming)).contains("1001");
    bob.hangup(incoming);
    phone.await("CALL_CLOSED");
  }

  @Test
  void aPhoneJoinsAPageWithAnother() {
    SipAccount account = SipAccount.at(gateway.sipPort(), "1002");
    try (Linphone desk = stage.linphone(account, Tone.OF_OTHER_PHONE)) {
      desk.dial("sip:alice@127.0.0.1:" + gateway.sipPort());
      int customer = alice.awaitIncoming();
      alice.answer(customer);
      alice.awaitHears(customer, Tone.OF_OTHER_PHONE);
      desk.hold();
      desk.dial("sip:bob@127.0.0.1:" + gateway.sipPort());
      int colleague = bob.awaitIncoming();
      bob.answer(colleague);
      bob.awaitHears(colleague, Tone.OF_OTHER_PHONE);
      desk.join(1, 2);
      alice.awaitHears(customer, Tone.OF_OTHER_BROWSER);
      bob.awaitHears(colleague, Tone.OF_BROWSER);
      desk.awaitEnded();
      assertThat(remote(alice, customer)).contains("bob");
      alice.hangup(customer);
      bob.awaitState(colleague, "ended");
    }
  }

  @Test
  void aTargetThatDeclinesLeavesTheCallAsItWas() {
    int call = alice.call("1001");
    alice.awaitHears(call, Tone.OF_PHONE);
    phone.transfer("bob");
    bob.decline(bob.awaitIncoming(), "busy");
    phone.awaitTrace("SIP/2.0 486 Busy Here");
    phone.resume(); // it has held the page for the transfer
    alice.awaitHears(call, Tone.OF_PHONE);
    alice.hangup(call);
  }

  private static String remote(Page page, int call) {
    return page.run("return rd.calls[args.call].remote.uri", Map.of("call", call)).asString("");
  }

  private static String descriptions(Page page, int call) {
    String body =
        "const { pc } = rd.calls[args.call];"
            + "return pc.currentLocalDescription.sdp + pc.currentRemoteDescription.sdp";
    return page.run(body, Map.of("call", call)).asString("");
  }
}
