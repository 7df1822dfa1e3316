package org.ringdown.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.ringdown.gateway.media.MediaBench.talk;
import static org.ringdown.gateway.media.MediaBench.voice;
import static org.ringdown.gateway.media.TestPeer.USUAL;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.media.MediaSession.Moving;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.media.rtp.Packets;
import org.ringdown.gateway.media.rtp.RtpHeader;

/** A leg that leaves its session for another one, where somebody else hears it. */
class MovingLegTest {
  private static final String A_LAW = "8\r\na=rtpmap:8 PCMA/8000\r\n";
  private static final String WIDE = "9\r\na=rtpmap:9 G722/8000\r\n";
  private static final String BROWSER =
      """
      111 8 126\r
      a=rtpmap:111 opus/48000/2\r
      a=rtpmap:8 PCMA/8000\r
      a=rtpmap:126 telephone-event/8000\r
      """;

  private MediaBench bench;
  private MediaSession other;
  private TestBrowser desk;
  private TestPhone customer;

  @BeforeEach
  void open() throws IOException, MediaException {
    bench = new MediaBench();
    other = bench.engine.open(bench);
    desk = bench.browser("desk");
    customer = bench.phone("customer");
    bench.connect(customer, desk);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void phoneAndPageHearEachOtherOnTheirOldPaths() throws MediaException {
    TestBrowser second = bench.browser("second");
    TestBrowser colleague = bench.browser("colleague");
    consult(second, USUAL, colleague, USUAL);
    List<ByteBuffer> before = talk(desk, customer, 0, 3, 7);
    assertThat(join(colleague)).isEmpty();
    List<ByteBuffer> after = talk(colleague, customer, 0, 3, 8);
    talk(customer, colleague, 0, 3, 9);
    assertThat(MediaBench.sequence(after, 0) - MediaBench.sequence(before, 2) & 0xFFFF).isOne();
    assertThat(RtpHeader.ssrc(after.get(0))).isEqualTo(RtpHeader.ssrc(before.get(0)));
    desk.send(voice(3, 7));
    second.send(voice(3, 7));
    talk(colleague, customer, 3, 2, 8);
    assertThat(customer.heard()).hasSize(2);
  }

  @Test
  void theSessionThatALegHasLeftClosesWithoutIt() throws MediaException {
    TestBrowser second = bench.browser("second");
    TestPhone colleague = bench.phone("colleague");
    consult(second, USUAL, colleague, USUAL);
    join(colleague);
    other.close();
    bench.session.release(desk.ref());
    talk(colleague, customer, 0, 2, 8);
    talk(customer, colleague, 0, 2, 9);
    assertThat(bench.session.query().toString()).contains("joined-1");
  }

  @Test
  void whatItIsHeardOfIsToldToItsNewCall() throws MediaException {
    TestPhone colleague = bench.phone("colleague");
    consult(bench.browser("second"), USUAL, colleague, USUAL);
    join(colleague);
    colleague.send(Packets.event(101, new int[] {1, 160, 7}, 5, true, 800));
    await().until(() -> bench.digits.contains("joined-1 5 100"));
  }

  @Test
  void otherLawsAreTurnedIntoEachOther() throws MediaException {
    TestPhone colleague = bench.phone("colleague");
    consult(bench.browser("second"), USUAL, colleague, A_LAW);
    assertThat(join(colleague)).isEmpty();
    assertThat(RtpHeader.payloadType(talk(customer, colleague, 0, 1, 9).get(0))).isEqualTo(8);
  }

  @Test
  void aPageThatSpeaksOpusIsOfferedWhatThePhoneHas() throws MediaException {
    TestBrowser colleague = bench.browser("colleague");
    consult(bench.browser("second"), BROWSER, colleague, BROWSER);
    ImmutableSet<LegRef> renewed = join(colleague);
    assertThat(renewed).extracting(LegRef::name).containsExactly("joined-1");
    LegRef joined = renewed.iterator().next();
    String offer = bench.session.offerAgain(joined);
    assertThat(offer)
        .contains("m=audio")
        .containsPattern("RTP/SAVPF 8 \\d+\r\n")
        .contains("a=setup:actpass")
        .contains("a=ice-ufrag:" + colleague.path().ufrag())
        .doesNotContain("opus");
    colleague.setup = "active";
    bench.session.answerAgain(joined, colleague.sdp(A_LAW, "sendrecv"));
    talk(customer, colleague, 0, 2, 9);
    colleague.send(Packets.rtp(8, 1, 160, 8, new byte[160]));
    await().until(() -> !customer.heard().isEmpty());
    assertThat(RtpHeader.payloadType(customer.heard().element())).isEqualTo(8);
  }

  @Test
  void withoutACodecInCommonItStaysWhereItIs() throws MediaException {
    TestPhone second = bench.phone("second");
    TestPhone colleague = bench.phone("colleague");
    consult(second, WIDE, colleague, WIDE);
    assertThatThrownBy(() -> join(colleague))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("PCMU/8000 PCMA/8000; G722/8000");
    colleague.send(Packets.rtp(9, 1, 160, 8, new byte[160]));
    await().until(() -> !second.heard().isEmpty());
    talk(desk, customer, 0, 2, 7);
  }

  @Test
  void aHoldOfTheLegIsTheNewCallsToSay() throws MediaException {
    TestPhone colleague = bench.phone("colleague");
    consult(bench.browser("second"), USUAL, colleague, USUAL);
    other.hold(colleague.ref(), true);
    join(colleague);
    talk(colleague, customer, 0, 2, 8);
  }

  @Test
  void aPhoneThatCallsInIsAnsweredWithWhatIsInUse() throws MediaException {
    TestPhone other = bench.phone("other");
    String offer =
        other.sdp(WIDE, "sendrecv") + "m=video 4000 RTP/AVP 96\r\na=rtpmap:96 VP8/90000\r\n";
    assertThatThrownBy(() -> bench.session.takeIn(customer.ref(), other.ref(), offer))
        .isInstanceOf(MediaException.class);
    String better =
        offer.replace("9\r\n", "9 8\r\n").replace("a=send", "a=rtpmap:8 PCMA/8000\r\na=send");
    MediaSession.TakenIn taken = bench.session.takeIn(customer.ref(), other.ref(), better);
    assertThat(taken.answer()).containsPattern("m=audio \\d+ RTP/AVP 8\r\n").contains("m=video 0 ");
    assertThat(taken.renewed()).isEmpty();
    other.learn(taken.answer());
    assertThat(RtpHeader.payloadType(talk(customer, other, 0, 2, 9).get(0))).isEqualTo(8);
    other.send(Packets.rtp(8, 1, 160, 8, new byte[160]));
    await().until(() -> !customer.heard().isEmpty());
  }

  @Test
  void whoPicksUpTalksToTheCallerInsteadOfThoseWhoRing() throws MediaException {
    TestBrowser caller = bench.browser("caller");
    TestPhone ringing = bench.phone("ringing");
    TestPhone picking = bench.phone("picking");
    ringing.learn(other.offer(caller.ref(), caller.sdp(BROWSER, "sendrecv"), ringing.ref()));
    String wide = picking.sdp(WIDE, "sendrecv");
    assertThatThrownBy(() -> other.pickUp(picking.ref(), wide)).isInstanceOf(MediaException.class);
    MediaSession.PickedUp picked = other.pickUp(picking.ref(), picking.sdp(A_LAW, "sendrecv"));
    assertThat(picked.answer()).containsPattern("m=audio \\d+ RTP/AVP 8\r\n");
    assertThat(picked.textForCaller()).contains("PCMA/8000").doesNotContain("opus");
    picking.learn(picked.answer());
    caller.learn(picked.textForCaller());
    other.release(ringing.ref());
    picking.send(Packets.rtp(8, 1, 160, 8, new byte[160]));
    await().until(() -> !caller.heard().isEmpty());
    caller.send(Packets.rtp(8, 1, 160, 8, new byte[160]));
    await().until(() -> !picking.heard().isEmpty());
  }

  @Test
  void aTargetOfATransferIsOfferedAllThatThePageCanSend() throws MediaException {
    TestBrowser stays = bench.browser("stays");
    consult(stays, BROWSER, bench.browser("transferor"), BROWSER);
    TestPhone target = bench.phone("target");
    String offer = other.offerOf(stays.ref(), target.ref());
    assertThat(offer).contains("opus/48000").contains("PCMA/8000");
    target.learn(offer);
    assertThat(other.join(stays.ref(), target.ref(), target.sdp(A_LAW, "sendrecv")))
        .containsExactly(stays.ref());
    assertThat(other.offerAgain(stays.ref())).doesNotContain("opus").contains("PCMA/8000");
    target.send(Packets.rtp(8, 1, 160, 8, new byte[160]));
    await().until(() -> !stays.heard().isEmpty());
    stays.send(Packets.rtp(8, 1, 160, 8, new byte[160]));
    await().until(() -> !target.heard().isEmpty());
  }

  @Test
  void aTargetWithTheOtherLawCostsWhoStaysNothing() throws MediaException {
    TestPhone target = bench.phone("target");
    target.learn(bench.session.offerOf(customer.ref(), target.ref()));
    assertThat(bench.session.join(customer.ref(), target.ref(), target.sdp(A_LAW, "sendrecv")))
        .isEmpty();
    assertThat(RtpHeader.payloadType(talk(customer, target, 0, 1, 9).get(0))).isEqualTo(8);
  }

  private void consult(TestPeer one, String formats, TestPeer two, String answer)
      throws MediaException {
    two.learn(other.offer(one.ref(), one.sdp(formats, "sendrecv"), two.ref()));
    if (two instanceof TestBrowser browser) {
      browser.setup = "active";
    }
    one.learn(other.answer(two.ref(), two.sdp(answer, "sendrecv")));
  }

  private ImmutableSet<LegRef> join(TestPeer leg) throws MediaException {
    Moving moving = other.depart(leg.ref(), bench.session.agreed(customer.ref()));
    LegRef as = new LegRef("joined-1", leg.ref().dialect());
    return bench.session.arrive(customer.ref(), as, moving);
  }
}
