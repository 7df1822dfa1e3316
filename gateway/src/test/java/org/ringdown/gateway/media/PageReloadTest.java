package org.ringdown.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ringdown.gateway.media.MediaBench.sequence;
import static org.ringdown.gateway.media.MediaBench.talk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.media.rtp.RtpHeader;
import org.ringdown.webrtc.media.PeerTransport;

/** A page is loaded anew in a call: another connection on the same leg. */
class PageReloadTest {
  private static final String VP8 = "98\r\na=rtpmap:98 VP8/90000\r\n";
  private static final String RENUMBERED =
      "100 8 126\r\na=rtpmap:100 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n"
          + "a=rtpmap:126 telephone-event/8000\r\n";

  private MediaBench bench;

  @BeforeEach
  void open() throws IOException {
    bench = new MediaBench();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void calledPageIsHeardAndHearsOverItsNewConnection() throws MediaException {
    TestPhone alice = bench.phone("alice");
    TestBrowser bob = bench.browser("bob");
    bench.connect(alice, bob);
    List<ByteBuffer> before = talk(bob, alice, 0, 3, 8);
    TestBrowser fresh = bob.reloaded();
    String answer = bench.session.reoffer(fresh.ref(), fresh.sdp());
    fresh.learn(answer);
    assertThat(bob.path().state()).as("the old path").isEqualTo(PeerTransport.State.CLOSED);
    assertThat(fresh.path()).isNotSameAs(bob.path());
    assertThat(fresh.path().restarts()).isZero();
    assertThat(answer).contains("a=setup:passive");
    assertThat(fresh.path().remotes).extracting(PeerTransport.Remote::ufrag).containsOnly("brow1");
    List<ByteBuffer> after = talk(fresh, alice, 0, 3, 80);
    assertThat(sequence(after, 0) - sequence(before, 2) & 0xFFFF).as("a gap for the phone").isOne();
    assertThat(RtpHeader.ssrc(after.get(0))).isEqualTo(RtpHeader.ssrc(before.get(0)));
    assertThat(talk(alice, fresh, 0, 3, 7)).hasSize(3);
  }

  @Test
  void callingPageMayOfferInAnotherOrderAndWithOtherNumbers() throws MediaException {
    TestBrowser alice = bench.browser("alice");
    alice.video = VP8;
    TestBrowser bob = bench.browser("bob");
    bob.video = VP8;
    bench.connect(alice, bob);
    TestBrowser fresh = alice.reloaded();
    fresh.video = VP8;
    fresh.videoFirst = true;
    String answer = bench.session.reoffer(fresh.ref(), fresh.sdp(RENUMBERED, "sendrecv"));
    fresh.learn(answer);
    assertThat(answer.indexOf("m=video")).isLessThan(answer.indexOf("m=audio"));
    assertThat(answer).contains("a=rtpmap:100 PCMU/8000", "a=rtpmap:98 VP8/90000");
    List<ByteBuffer> heard = talk(bob, fresh, 0, 2, 8);
    assertThat(RtpHeader.payloadType(heard.get(0))).isEqualTo(100);
    ByteBuffer spoken = MediaBench.voice(0, 9);
    RtpHeader.setPayloadType(spoken, 100);
    bob.heard().clear();
    fresh.send(spoken);
    assertThat(RtpHeader.payloadType(bob.heard().element())).isZero();
  }

  @Test
  void pageThatComesBackWithoutVideoKeepsItsSound() throws MediaException {
    TestBrowser alice = bench.browser("alice");
    alice.video = VP8;
    TestBrowser bob = bench.browser("bob");
    bob.video = VP8;
    bench.connect(alice, bob);
    TestBrowser fresh = bob.reloaded();
    fresh.learn(bench.session.reoffer(fresh.ref(), fresh.sdp()));
    assertThat(talk(alice, fresh, 0, 2, 7)).hasSize(2);
    assertThat(talk(fresh, alice, 0, 2, 8)).hasSize(2);
  }

  @Test
  void offerWithoutACommonCodecLeavesTheOldPath() throws MediaException {
    TestPhone alice = bench.phone("alice");
    TestBrowser bob = bench.browser("bob");
    bench.connect(alice, bob);
    TestBrowser fresh = bob.reloaded();
    String exotic = fresh.sdp("97\r\na=rtpmap:97 SILK/16000\r\n", "sendrecv");
    assertThatThrownBy(() -> bench.session.reoffer(fresh.ref(), exotic))
        .isInstanceOf(MediaException.class);
    assertThat(talk(alice, bob, 0, 2, 7)).hasSize(2);
  }

  @Test
  void unansweredCallerGetsTheAnswerToItsNewOffer() throws MediaException {
    TestBrowser alice = bench.browser("alice");
    TestPhone bob = bench.phone("bob");
    String offer = bench.session.offer(alice.ref(), alice.sdp(), bob.ref());
    TestBrowser fresh = alice.reloaded();
    bench.session.replaceOffer(fresh.ref(), fresh.sdp(RENUMBERED, "sendrecv"));
    String answer = bench.answer(fresh, bob, offer);
    assertThat(answer).contains("a=rtpmap:100 PCMU/8000");
    assertThat(fresh.path().remotes).extracting(PeerTransport.Remote::ufrag).containsOnly("brow1");
    List<ByteBuffer> heard = talk(bob, fresh, 0, 2, 8);
    assertThat(RtpHeader.payloadType(heard.get(0))).isEqualTo(100);
  }

  @Test
  void callerWithEarlyMediaIsJoinedByItsNewOfferWhenAnotherDeviceAnswers() throws MediaException {
    TestBrowser alice = bench.browser("alice");
    TestPhone announcement = bench.phone("announcement");
    TestPhone bob = bench.phone("bob");
    String offer = bench.session.offer(alice.ref(), alice.sdp(), bob.ref());
    bench.connect(alice, announcement);
    TestBrowser fresh = alice.reloaded();
    fresh.learn(bench.session.reoffer(fresh.ref(), fresh.sdp(RENUMBERED, "sendrecv")));
    bob.learn(offer);
    bench.session.answer(bob.ref(), bob.sdp());
    List<ByteBuffer> heard = talk(bob, fresh, 0, 2, 8);
    assertThat(RtpHeader.payloadType(heard.get(0))).isEqualTo(100);
  }

  @Test
  void anAnsweredOfferIsNotReplaced() throws MediaException {
    TestBrowser alice = bench.browser("alice");
    bench.connect(alice, bench.phone("bob"));
    assertThatThrownBy(() -> bench.session.replaceOffer(alice.ref(), alice.reloaded().sdp()))
        .isInstanceOf(MediaException.class);
  }

  @Test
  void browserThatSaysGoodbyeOnItsPathIsLost() throws MediaException {
    TestBrowser bob = bench.browser("bob");
    bench.connect(bench.phone("alice"), bob);
    bob.path().become(PeerTransport.State.CLOSED);
    assertThat(bench.states).contains("bob LOST");
  }
}
