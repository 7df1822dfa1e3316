package org.ringdown.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.ringdown.gateway.media.MediaBench.sequence;
import static org.ringdown.gateway.media.MediaBench.talk;
import static org.ringdown.gateway.media.MediaBench.voice;
import static org.ringdown.gateway.media.TestPeer.USUAL;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.media.rtp.Packets;
import org.ringdown.gateway.media.rtp.RtpHeader;

/** Offers in the middle of a call. */
class RenegotiationTest {
  private MediaBench bench;
  private TestPhone alice;
  private TestBrowser bob;
  private String aliceAnswer = "";

  @BeforeEach
  void open() throws IOException, MediaException {
    bench = new MediaBench();
    alice = bench.phone("alice");
    bob = bench.browser("bob");
    aliceAnswer = bench.connect(alice, bob);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void holdStopsTheVoiceTowardsThePhoneAndResumeBringsItBack() throws MediaException {
    List<ByteBuffer> before = talk(bob, alice, 0, 3, 8);
    String held = bench.session.reoffer(alice.ref(), alice.sdp(USUAL, "sendonly"));
    assertThat(held).contains("a=recvonly");
    for (int n = 3; n < 6; n++) {
      bob.send(voice(n, 8));
    }
    assertThat(talk(alice, bob, 0, 3, 7)).hasSize(3);
    assertThat(bench.session.reoffer(alice.ref(), alice.sdp())).contains("a=sendrecv");
    List<ByteBuffer> after = talk(bob, alice, 6, 3, 8);
    assertThat(after).hasSize(3);
    assertThat(Packets.payload(after.get(0))).isEqualTo(Packets.payload(voice(6, 8)));
    assertThat(sequence(after, 0) - sequence(before, 2) & 0xFFFF).isEqualTo(1);
    assertThat(RtpHeader.timestamp(after.get(0)) - RtpHeader.timestamp(before.get(2)))
        .isEqualTo(4 * 160);
  }

  @Test
  void holdOfTheBrowserStopsItsVoiceAsWell() throws MediaException {
    bob.setup = "actpass";
    assertThat(bench.session.reoffer(bob.ref(), bob.sdp(USUAL, "inactive"))).contains("a=inactive");
    bob.send(voice(0, 8));
    alice.send(voice(0, 7));
    await().until(() -> bench.states.contains("alice CONNECTED"));
    assertThat(bob.heard()).isEmpty();
    bench.session.reoffer(bob.ref(), bob.sdp());
    assertThat(talk(bob, alice, 5, 2, 8)).hasSize(2);
    assertThat(talk(alice, bob, 5, 2, 7)).hasSize(2);
  }

  @Test
  void sessionRefreshIsAnsweredWithTheSameText() throws MediaException {
    assertThat(bench.session.reoffer(alice.ref(), alice.sdp())).isEqualTo(aliceAnswer);
    assertThat(talk(alice, bob, 0, 2, 7)).hasSize(2);
  }

  @Test
  void newAddressOfAPhoneIsServedWithoutABreak() throws MediaException {
    talk(alice, bob, 0, 2, 7);
    TestPhone moved = bench.phone("alice");
    String answer = bench.session.reoffer(moved.ref(), moved.sdp());
    assertThat(TestPhone.rtpAddress(answer)).isEqualTo(TestPhone.rtpAddress(aliceAnswer));
    moved.learn(answer);
    assertThat(talk(bob, moved, 0, 2, 8)).hasSize(2);
    assertThat(talk(moved, bob, 0, 2, 9)).hasSize(2);
  }

  @Test
  void newPayloadTypesAreMappedFromThenOn() throws MediaException {
    String swapped = "0 96\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:96 telephone-event/8000\r\n";
    bench.session.reoffer(alice.ref(), alice.sdp(swapped, "sendrecv"));
    alice.send(Packets.event(96, new int[] {1, 160, 7}, 4, true, 800));
    await().until(() -> !bob.heard().isEmpty());
    assertThat(RtpHeader.payloadType(bob.heard().element())).isEqualTo(101);
    assertThat(bench.digits).containsExactly("alice 4 100");
  }

  @Test
  void iceRestartMovesOnWithoutANewHandshakeRole() throws MediaException {
    FakePeers.FakePeer path = bob.path();
    assertThat(path.remotes).hasSize(1);
    assertThat(path.dtlsClient).isFalse();
    bob.setup = "actpass";
    bob.ufrag = "other";
    String answer = bench.session.reoffer(bob.ref(), bob.sdp());
    assertThat(path.restarts()).isEqualTo(1);
    assertThat(path.remotes).hasSize(2);
    assertThat(path.remotes.get(1).ufrag()).isEqualTo("other");
    assertThat(answer).contains("a=ice-ufrag:" + path.ufrag()).contains("a=setup:passive");
    assertThat(bench.session.reoffer(bob.ref(), bob.sdp())).isEqualTo(answer);
    assertThat(path.restarts()).isEqualTo(1);
    assertThat(path.remotes).hasSize(2);
  }

  @Test
  void browserThatAnswersPassiveGetsAClientHello() throws IOException, MediaException {
    try (MediaBench other = new MediaBench()) {
      TestBrowser caller = other.browser("caller");
      TestBrowser callee = other.browser("callee");
      String offer = other.session.offer(caller.ref(), caller.sdp(), callee.ref());
      callee.learn(offer);
      callee.setup = "passive";
      other.session.answer(callee.ref(), callee.sdp());
      assertThat(callee.path().dtlsClient).isTrue();
    }
  }

  @Test
  void videoThatAPageAddsIsAnsweredAsTheOtherPageTakesIt() throws IOException, MediaException {
    try (MediaBench pages = new MediaBench()) {
      TestBrowser carol = pages.browser("carol");
      TestBrowser dave = pages.browser("dave");
      pages.connect(carol, dave);
      carol.setup = "actpass";
      carol.video = "96 97\r\na=rtpmap:96 VP8/90000\r\na=rtpmap:97 AV1/90000\r\n";
      String asked = pages.session.offerAdded(carol.ref(), carol.sdp(), dave.ref()).orElseThrow();
      assertThat(asked).contains("m=video 0", "a=bundle-only", "VP8/90000", "AV1/90000");
      dave.video = "96\r\na=rtpmap:96 VP8/90000\r\n";
      pages.session.changeAnswered(dave.ref(), dave.sdp());
      String answer = pages.session.reoffer(carol.ref(), carol.sdp());
      assertThat(answer).contains("a=rtpmap:96 VP8/90000").doesNotContain("AV1");
      ByteBuffer frame = Packets.rtp(96, 1, 3000, 77, new byte[] {1, 2, 3});
      carol.send(frame);
      assertThat(RtpHeader.payloadType(dave.heard().element())).isEqualTo(96);
      assertThat(talk(dave, carol, 0, 2, 8)).hasSize(2);
    }
  }

  @Test
  void videoThatTheOtherPageRefusesIsRefused() throws IOException, MediaException {
    try (MediaBench pages = new MediaBench()) {
      TestBrowser carol = pages.browser("carol");
      TestBrowser dave = pages.browser("dave");
      pages.connect(carol, dave);
      carol.setup = "actpass";
      carol.video = "96\r\na=rtpmap:96 VP8/90000\r\n";
      assertThat(pages.session.offerAdded(carol.ref(), carol.sdp(), dave.ref())).isPresent();
      String refused = "m=video 0 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=mid:1\r\n";
      pages.session.changeAnswered(dave.ref(), dave.sdp() + refused);
      assertThat(pages.session.reoffer(carol.ref(), carol.sdp())).contains("m=video 0 ");
      assertThat(talk(carol, dave, 0, 2, 7)).hasSize(2);
    }
  }

  @Test
  void pageIsToldWhenThePictureOfTheOtherStops() throws IOException, MediaException {
    try (MediaBench pages = new MediaBench()) {
      TestBrowser carol = pages.browser("carol");
      TestBrowser dave = pages.browser("dave");
      carol.video = "96\r\na=rtpmap:96 VP8/90000\r\n";
      dave.video = carol.video;
      pages.connect(carol, dave);
      carol.setup = "actpass";
      assertThat(pages.session.offerFollowing(dave.ref())).isEmpty();
      pages.session.reoffer(carol.ref(), carol.sdp().replaceAll("(mid:1\r\na=)\\w+", "$1recvonly"));
      String told = pages.session.offerFollowing(dave.ref()).orElseThrow();
      assertThat(told).containsPattern("m=video(?s:.*)a=recvonly").contains("a=mid:1");
    }
  }

  @Test
  void offerThatCannotBeUsedChangesNothing() {
    String exotic = alice.sdp("97\r\na=rtpmap:97 SILK/16000\r\n", "sendrecv");
    assertThatThrownBy(() -> bench.session.reoffer(alice.ref(), exotic))
        .isInstanceOf(MediaException.class);
    assertThat(talk(alice, bob, 0, 2, 7)).hasSize(2);
    assertThat(talk(bob, alice, 0, 2, 8)).hasSize(2);
  }
}
