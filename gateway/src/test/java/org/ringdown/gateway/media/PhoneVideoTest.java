package org.ringdown.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.ringdown.gateway.media.MediaBench.talk;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.media.rtp.Packets;
import org.ringdown.gateway.sdp.PlainSdp;

/** Pictures that come and go between a phone and a page, whose call began with sound. */
class PhoneVideoTest {
  private static final String VP8 = "97\r\na=rtpmap:97 VP8/90000\r\n";

  private MediaBench bench;
  private TestPhone phone;
  private TestPhone camera;
  private TestBrowser page;

  @BeforeEach
  void open() throws IOException, MediaException {
    bench = new MediaBench();
    phone = bench.phone("phone");
    camera = bench.phone("camera");
    page = bench.browser("page");
    bench.connect(phone, page);
    page.setup = "actpass";
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void phoneIsAskedForWhatThePageAdds() throws Exception {
    String asked = pageAdds();
    assertThat(PlainSdp.read(asked).sections()).hasSize(2);
    assertThat(asked)
        .containsPattern("m=video [1-9]")
        .contains("VP8/90000")
        .endsWith("sendrecv\r\n");
    bench.session.changeAnswered(phone.ref(), phoneSays("sendrecv"));
    assertThat(pageIsAnswered()).containsPattern("m=video [1-9](?s:.*)a=sendrecv");
    assertPicturesBothWays(asked);
    assertThat(talk(phone, page, 0, 2, 7)).isNotEmpty();
  }

  @Test
  void phoneThatRefusesTheReInviteStaysAsItWas() throws Exception {
    assertThat(pageAdds()).contains("m=video");
    bench.session.offerRefused(phone.ref());
    assertThat(pageIsAnswered()).contains("m=video 0 ");
    bench.session.hold(page.ref(), true);
    String held = bench.session.offerAgain(phone.ref());
    assertThat(held).contains("a=sendonly").doesNotContain("m=video");
    bench.session.answerAgain(phone.ref(), phone.sdp(TestPeer.USUAL, "recvonly"));
    bench.session.hold(page.ref(), false);
    assertThat(bench.session.offerAgain(phone.ref())).doesNotContain("m=video");
    bench.session.answerAgain(phone.ref(), phone.sdp());
    assertThat(talk(phone, page, 0, 2, 7)).hasSize(2);
  }

  @Test
  void phoneThatTakesNoPicturesIsAskedInTheSameSectionNextTime() throws Exception {
    pageAdds();
    bench.session.changeAnswered(phone.ref(), phone.sdp() + "m=video 0 RTP/AVP 97\r\n");
    assertThat(pageIsAnswered()).contains("m=video 0 ");
    assertThat(PlainSdp.read(pageAdds()).sections()).hasSize(2);
    bench.session.changeAnswered(phone.ref(), phoneSays("recvonly"));
    assertThat(pageIsAnswered()).containsPattern("m=video [1-9]");
  }

  @Test
  void pageIsAskedForWhatThePhoneAdds() throws Exception {
    String asked = phoneAdds();
    assertThat(asked).contains("m=video", "VP8/90000", "a=sendrecv");
    page.video = VP8;
    bench.session.changeAnswered(page.ref(), page.sdp());
    String answer = bench.session.reoffer(phone.ref(), phoneSays("sendrecv"));
    assertThat(answer).containsPattern("m=video [1-9](?s:.*)a=sendrecv");
    assertPicturesBothWays(answer);
  }

  @Test
  void phoneIsRefusedWhatThePageRefuses() throws Exception {
    phoneAdds();
    String answer = bench.session.reoffer(phone.ref(), phoneSays("sendrecv"));
    assertThat(answer).contains("m=video 0 ");
    assertThat(talk(phone, page, 0, 2, 7)).hasSize(2);
  }

  @Test
  void phoneDropsItsPicturesAndAddsThemAgainInTheSameSectionOfThePage() throws Exception {
    phoneAdds();
    page.video = VP8;
    bench.session.changeAnswered(page.ref(), page.sdp());
    bench.session.reoffer(phone.ref(), phoneSays("sendrecv"));
    String dropped = phone.sdp() + "m=video 0 RTP/AVP 97\r\n";
    assertThat(bench.session.reoffer(phone.ref(), dropped)).contains("m=video 0 ");
    String told = bench.session.offerFollowing(page.ref()).orElseThrow();
    assertThat(told).containsPattern("m=video(?s:.*)a=inactive");
    bench.session.changeAnswered(page.ref(), pageSays("inactive"));
    String asked = phoneAdds();
    assertThat(asked).containsOnlyOnce("m=video").contains("a=mid:1");
    bench.session.changeAnswered(page.ref(), page.sdp());
    assertPicturesBothWays(bench.session.reoffer(phone.ref(), phoneSays("sendrecv")));
  }

  @Test
  void phoneIsToldWhenThePictureOfThePageStopsOnceWhateverItAnswers() throws Exception {
    pageAdds();
    bench.session.changeAnswered(phone.ref(), phoneSays("recvonly"));
    pageIsAnswered();
    assertThat(bench.session.offerFollowing(phone.ref())).isEmpty();
    bench.session.reoffer(page.ref(), pageSays("inactive"));
    String told = bench.session.offerFollowing(phone.ref()).orElseThrow();
    assertThat(told).containsPattern("m=video(?s:.*)a=inactive");
    bench.session.changeAnswered(phone.ref(), phoneSays("inactive"));
    assertThat(bench.session.offerFollowing(phone.ref())).isEmpty();
  }

  @Test
  void pictureThatIsAddedOnHoldIsOnlySent() throws Exception {
    bench.session.hold(page.ref(), true);
    String asked = pageAdds();
    assertThat(asked).containsPattern("m=video(?s:.*)a=sendonly");
    bench.session.changeAnswered(phone.ref(), phoneSays("recvonly"));
    pageIsAnswered();
    bench.session.hold(page.ref(), false);
    assertThat(bench.session.offerAgain(phone.ref())).containsPattern("m=video(?s:.*)a=sendrecv");
  }

  private String pageAdds() throws MediaException {
    page.video = VP8;
    return bench.session.offerAdded(page.ref(), page.sdp(), phone.ref()).orElseThrow();
  }

  private String pageIsAnswered() throws MediaException {
    return bench.session.reoffer(page.ref(), page.sdp());
  }

  private String phoneAdds() throws MediaException {
    return bench.session.offerAdded(phone.ref(), phoneSays("sendrecv"), page.ref()).orElseThrow();
  }

  private String pageSays(String direction) {
    return page.sdp().replaceAll("(mid:1\r\na=)\\w+", "$1" + direction);
  }

  private String phoneSays(String direction) {
    String video = camera.sdp(VP8, direction);
    return phone.sdp() + video.substring(video.indexOf("m=")).replace("m=audio", "m=video");
  }

  private void assertPicturesBothWays(String gatewaySdp) {
    camera.learn(gatewaySdp, 1);
    page.heard().clear();
    camera.send(Packets.rtp(97, 1, 3000, 70, new byte[] {1}));
    await().until(() -> page.heard().size() == 1);
    page.send(Packets.rtp(97, 1, 3000, 80, new byte[] {2}));
    await().until(() -> camera.heard().size() == 1);
  }
}
