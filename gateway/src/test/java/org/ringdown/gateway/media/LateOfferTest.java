package org.ringdown.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.ringdown.gateway.media.MediaBench.talk;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ringdown.gateway.media.leg.Dialect;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.media.rtp.Packets;
import org.ringdown.gateway.media.rtp.RtpHeader;
import org.ringdown.gateway.sdp.PlainSdp;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.stream.Codec;

/** A caller without an offer, and a phone that asks for one in the middle of the call. */
class LateOfferTest {
  private static final String PCMU = "0\r\n";
  private static final String PCMA = "8\r\n";
  private static final String G722 = "9\r\n";

  private MediaBench bench;
  private TestPhone alice;

  @BeforeEach
  void open() throws IOException {
    bench = new MediaBench();
    alice = bench.phone("alice");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /** The callee answers; gives the offer for the caller. */
  private String offerFromAnswerOf(TestPeer callee) throws MediaException {
    callee.learn(bench.session.offer(alice.ref(), null, callee.ref()));
    return bench.session.answer(callee.ref(), MediaBench.answerOf(callee));
  }

  private static List<String> codecs(String offer) throws SdpException {
    return PlainSdp.read(offer).streams().get(0).codecs().stream().map(Codec::encoding).toList();
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void voicePassesBothWaysOnceTheCallerHasAnswered(Dialect callee) throws MediaException {
    TestPeer bob = bench.peer(callee, "bob");
    alice.learn(offerFromAnswerOf(bob));
    bench.session.answerAgain(alice.ref(), alice.sdp());
    assertThat(talk(alice, bob, 0, 5, 7)).hasSize(5);
    assertThat(talk(bob, alice, 0, 5, 8)).hasSize(5);
  }

  @Test
  void theCallerIsOfferedOnlyWhatTheCalleeIsGoingToSend() throws MediaException, SdpException {
    assertThat(codecs(offerFromAnswerOf(bench.browser("bob"))))
        .containsExactly("PCMU/8000", "PCMA/8000", "telephone-event/8000");
  }

  @Test
  void theCalleeIsOfferedWhatTheGatewayRelaysWithG711First() throws MediaException, SdpException {
    String offer = bench.session.offer(alice.ref(), null, bench.phone("bob").ref());
    assertThat(codecs(offer)).startsWith("PCMU/8000", "PCMA/8000", "G722/8000", "opus/48000/2");
  }

  @Test
  void anAnswerWithAnotherCodecIsRefused() throws MediaException {
    String offer = offerFromAnswerOf(bench.browser("bob"));
    alice.learn(offer);
    assertThatThrownBy(() -> bench.session.answerAgain(alice.ref(), alice.sdp(G722, "sendrecv")))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("no audio codec in common");
  }

  @Test
  void aCallerWithTheOtherLawOnlyIsHeardAndHears() throws MediaException {
    TestBrowser bob = bench.browser("bob");
    alice.learn(offerFromAnswerOf(bob));
    bench.session.answerAgain(alice.ref(), alice.sdp(PCMA, "sendrecv"));
    bob.send(Packets.rtp(0, 1, 160, 8, (byte) 0xFF));
    await().until(() -> !alice.heard().isEmpty());
    assertThat(RtpHeader.payloadType(alice.heard().element())).isEqualTo(8);
    assertThat(Packets.payload(alice.heard().element())).isEqualTo(new byte[] {(byte) 0xD5});
    alice.send(Packets.rtp(8, 1, 160, 7, (byte) 0xD5));
    await().until(() -> !bob.heard().isEmpty());
    assertThat(RtpHeader.payloadType(bob.heard().element())).isZero();
    assertThat(Packets.payload(bob.heard().element())).isEqualTo(new byte[] {(byte) 0xFE});
  }

  @Test
  void aSecondAnswerOfTheCalleeChangesNoOffer() throws MediaException {
    TestPhone bob = bench.phone("bob");
    String offer = offerFromAnswerOf(bob);
    TestPhone moved = bench.phone("bob");
    moved.learn(bench.session.offer(alice.ref(), null, moved.ref()));
    assertThat(bench.session.answer(moved.ref(), moved.sdp())).isEqualTo(offer);
    alice.learn(offer);
    bench.session.answerAgain(alice.ref(), alice.sdp(PCMU, "sendrecv"));
    assertThat(bench.session.answer(moved.ref(), moved.sdp())).isEqualTo(offer);
    assertThat(talk(alice, moved, 0, 2, 7)).hasSize(2);
  }

  @Test
  void aPhoneThatAsksForAnOfferGetsTheSameTextAgain() throws MediaException {
    TestBrowser bob = bench.browser("bob");
    String answer = bench.connect(alice, bob);
    assertThat(bench.session.offerAgain(alice.ref())).isEqualTo(answer);
    bench.session.answerAgain(alice.ref(), alice.sdp());
    assertThat(talk(bob, alice, 0, 2, 8)).hasSize(2);
  }

  @Test
  void aPhoneOnHoldThatAsksForAnOfferMayResume() throws MediaException {
    TestBrowser bob = bench.browser("bob");
    bench.connect(alice, bob);
    bench.session.reoffer(alice.ref(), alice.sdp(TestPeer.USUAL, "sendonly"));
    assertThat(bench.session.offerAgain(alice.ref())).contains("a=sendrecv");
    bench.session.answerAgain(alice.ref(), alice.sdp());
    assertThat(talk(bob, alice, 0, 2, 8)).hasSize(2);
  }
}
