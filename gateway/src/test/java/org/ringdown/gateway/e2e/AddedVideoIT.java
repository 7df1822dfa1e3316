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
import org.ringdown.gateway.e2e.web.Page;

/** Pictures that come and go in a call that began with sound alone. */
@NeedsPrograms({"baresip", "node", "chromium"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AddedVideoIT {
  private static final String FRAMES =
      """
      const report = await rd.calls[args.call].pc.getStats();
      return [...report.values()].filter((s) => s.type === 'inbound-rtp' && s.kind === 'video')
        .reduce((sum, s) => sum + (s.framesDecoded ?? 0), 0);
      """;

  private static final String PICTURE_SEEN = "video: receiving with resolution 640 x 480";

  private static final String SEES =
      "return rd.calls[args.call].remoteStream.getVideoTracks().some((track) => !track.muted)";

  @RegisterExtension final BrowserScene scene = BrowserScene.of(AddedVideoIT.class);

  private final Stage stage = scene.stage();
  private final GatewayProcess gateway = scene.gateway();
  private final BrowserHost browsers = scene.browsers();

  @Test
  void pagesAddVideoDropItAndAddItAgain() {
    try (Page alice = page("alice");
        Page bob = page("bob")) {
      int calling = alice.call("bob");
      int called = bob.awaitIncoming();
      bob.answer(called);
      alice.awaitHears(calling, Tone.OF_BROWSER);

      startVideo(alice, calling);
      awaitPicture(bob, called);
      assertThat(sees(alice, calling)).isFalse();
      startVideo(bob, called);
      awaitPicture(alice, calling);
      awaitPicture(bob, called);

      stopVideo(alice, calling);
      Awaitility.await("bob sees nobody")
          .atMost(Duration.ofSeconds(20))
          .until(() -> !sees(bob, called));
      awaitPicture(alice, calling);
      startVideo(alice, calling);
      awaitPicture(bob, called);
      alice.awaitHears(calling, Tone.OF_BROWSER);
      bob.awaitHears(called, Tone.OF_BROWSER);
      alice.hangup(calling);
    }
  }

  @Test
  void phoneWithoutVideoRefusesItAndTheSoundGoesOn() {
    SipAccount account = SipAccount.at(gateway.sipPort(), "1001");
    try (Baresip phone = stage.answeringPhone(account, Baresip.Codec.PCMA, Tone.OF_PHONE);
        Page alice = page("alice")) {
      int call = alice.call("1001");
      alice.awaitHears(call, Tone.OF_PHONE);
      String refusal =
          "return await rd.calls[args.call].startVideo().then(() => 'taken', (e) => e.code)";
      assertThat(alice.run(refusal, Map.of("call", call)).asString(""))
          .isEqualTo("not-acceptable-media");
      alice.awaitHears(call, Tone.OF_PHONE);
      phone.awaitHears(Tone.OF_BROWSER);
      alice.hangup(call);
      phone.await("CALL_CLOSED");
    }
  }

  @Test
  void pageAddsVideoToItsCallWithAPhoneAndDropsIt() {
    SipAccount account = SipAccount.at(gateway.sipPort(), "1001").withVideo();
    try (Baresip phone = stage.answeringPhone(account, Baresip.Codec.PCMA, Tone.OF_PHONE);
        Page alice = page("alice")) {
      int call = alice.call("1001");
      alice.awaitHears(call, Tone.OF_PHONE);

      startVideo(alice, call);
      awaitPicture(alice, call);
      phone.awaitTrace(PICTURE_SEEN);

      stopVideo(alice, call);
      phone.awaitTrace("m=video", "a=recvonly");
      awaitPicture(alice, call);
      startVideo(alice, call);
      awaitPicture(alice, call);
      alice.awaitHears(call, Tone.OF_PHONE);
      phone.awaitHears(Tone.OF_BROWSER);
      alice.hangup(call);
    }
  }

  @Test
  void phoneAddsVideoToItsCallWithAPageAndDropsIt() {
    SipAccount account = SipAccount.at(gateway.sipPort(), "1001").withVideo();
    try (Baresip phone = stage.answeringPhone(account, Baresip.Codec.PCMA, Tone.OF_PHONE);
        Page alice = page("alice")) {
      int call = alice.call("1001");
      alice.awaitHears(call, Tone.OF_PHONE);

      phone.video("sendrecv");
      awaitPicture(alice, call);
      startVideo(alice, call);
      phone.awaitTrace(PICTURE_SEEN);

      phone.video("inactive");
      Awaitility.await("alice sees nobody")
          .atMost(Duration.ofSeconds(20))
          .until(() -> !sees(alice, call));
      phone.video("sendrecv");
      awaitPicture(alice, call);
      alice.awaitHears(call, Tone.OF_PHONE);
      phone.awaitHears(Tone.OF_BROWSER);
      alice.hangup(call);
    }
  }

  private static void stopVideo(Page page, int call) {
    page.run("await rd.calls[args.call].stopVideo()", Map.of("call", call));
  }

  private static void startVideo(Page page, int call) {
    page.run("await rd.calls[args.call].startVideo()", Map.of("call", call));
  }

  /** More frames than there were when it was asked. */
  private static void awaitPicture(Page page, int call) {
    int before = page.run(FRAMES, Map.of("call", call)).asInt(0);
    Awaitility.await("frames after " + before)
        .atMost(Duration.ofSeconds(30))
        .until(() -> page.run(FRAMES, Map.of("call", call)).asInt(0) > before + 2);
    assertThat(sees(page, call)).isTrue();
  }

  private static boolean sees(Page page, int call) {
    return page.run(SEES, Map.of("call", call)).asBoolean(false);
  }

  private Page page(String user) {
    return Page.open(browsers, "chromium", gateway.webUrl()).signIn(user, user + "pw");
  }
}
