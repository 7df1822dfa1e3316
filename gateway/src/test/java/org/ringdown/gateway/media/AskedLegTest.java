package org.ringdown.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import org.ringdown.gateway.sdp.PlainSdp;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.policy.SrtpPolicy;
import org.ringdown.gateway.sdp.stream.Codec;
import org.ringdown.gateway.sdp.stream.Direction;
import org.ringdown.gateway.sdp.stream.MediaStream;

/** A called leg that is asked for an offer. */
class AskedLegTest {
  private static final String PCMU = "0\r\n";
  private static final String G729 = "18\r\n";

  private MediaBench bench;
  private TestPhone trunk;

  @BeforeEach
  void open() throws IOException {
    bench = new MediaBench();
    trunk = bench.phone("trunk");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static MediaStream audio(String sdp) throws SdpException {
    return PlainSdp.read(sdp).streams().get(0);
  }

  private static List<String> codecs(String sdp) throws SdpException {
    return audio(sdp).codecs().stream().map(Codec::encoding).toList();
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void voicePassesBothWaysOnceItsOfferIsAnswered(Dialect dialect) throws MediaException {
    TestPeer alice = bench.peer(dialect, "alice");
    bench.session.ask(alice.ref(), alice.sdp(), trunk.ref());
    String offer = trunk.sdp(PCMU, "sendrecv");
    trunk.learn(bench.session.answerAsked(trunk.ref(), offer));
    alice.learn(bench.session.answer(trunk.ref(), offer));
    assertThat(talk(alice, trunk, 0, 5, 7)).hasSize(5);
    assertThat(talk(trunk, alice, 0, 5, 8)).hasSize(5);
  }

  @Test
  void theSameOfferGetsTheSameAnswerAndThePageItsOnlyOne() throws MediaException {
    TestBrowser alice = bench.browser("alice");
    bench.session.ask(alice.ref(), alice.sdp(), trunk.ref());
    String answer = bench.session.answerAsked(trunk.ref(), trunk.sdp());
    String forPage = bench.session.answer(trunk.ref(), trunk.sdp());
    assertThat(bench.session.answerAsked(trunk.ref(), trunk.sdp())).isEqualTo(answer);
    assertThat(bench.session.answer(trunk.ref(), trunk.sdp())).isEqualTo(forPage);
  }

  @Test
  void anotherForkIsHeardInstead() throws MediaException {
    TestBrowser alice = bench.browser("alice");
    bench.session.ask(alice.ref(), alice.sdp(), trunk.ref());
    bench.session.answerAsked(trunk.ref(), trunk.sdp());
    String forPage = bench.session.answer(trunk.ref(), trunk.sdp());
    alice.learn(forPage);
    TestPhone other = bench.phone("trunk");
    other.learn(bench.session.answerAsked(trunk.ref(), other.sdp()));
    assertThat(bench.session.answer(trunk.ref(), other.sdp())).isEqualTo(forPage);
    assertThat(talk(alice, other, 0, 3, 7)).hasSize(3);
  }

  @Test
  void isAnsweredWhatTheCallerHasOfferedInTheDirectionItAsksFor()
      throws MediaException, SdpException {
    TestPhone alice = bench.phone("alice");
    bench.session.ask(alice.ref(), alice.sdp(PCMU, "sendrecv"), trunk.ref());
    String answer = bench.session.answerAsked(trunk.ref(), trunk.sdp("9 0 8\r\n", "sendonly"));
    assertThat(codecs(answer)).containsExactly("PCMU/8000", "PCMA/8000");
    assertThat(audio(answer).direction()).isEqualTo(Direction.RECVONLY);
  }

  @Test
  void encryptsWhereItsOfferHasKeys() throws MediaException {
    TestPhone encrypting = bench.phone("encrypting", SrtpPolicy.OPTIONAL);
    TestPhone alice = bench.phone("alice");
    bench.session.ask(alice.ref(), alice.sdp(), encrypting.ref());
    String key = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";
    encrypting.protocol = "RTP/SAVP";
    encrypting.crypto = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + key + "\r\n";
    assertThat(bench.session.answerAsked(encrypting.ref(), encrypting.sdp()))
        .contains("RTP/SAVP", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:")
        .doesNotContain(key);
  }

  @Test
  void isRefusedWithAnAnswerWhereNothingFits() throws MediaException, SdpException {
    TestPhone alice = bench.phone("alice");
    bench.session.ask(alice.ref(), alice.sdp(), trunk.ref());
    String offer = trunk.sdp(G729, "sendrecv");
    assertThatThrownBy(() -> bench.session.answerAsked(trunk.ref(), offer))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("no audio codec in common");
    assertThat(audio(bench.session.refusal(trunk.ref(), offer)).refused()).isTrue();
    assertThatThrownBy(() -> bench.session.refusal(trunk.ref(), "nonsense"))
        .isInstanceOf(MediaException.class);
  }

  @Test
  void isLeftOneCodecWhereTheCallerMakesNoOfferEither() throws MediaException, SdpException {
    TestPhone alice = bench.phone("alice");
    bench.session.ask(alice.ref(), null, trunk.ref());
    String offer = trunk.sdp("9 0\r\n", "sendrecv");
    String answer = bench.session.answerAsked(trunk.ref(), offer);
    assertThat(codecs(answer)).containsExactly("PCMU/8000");
    trunk.learn(answer);
    alice.learn(bench.session.answer(trunk.ref(), offer));
    bench.session.answerAgain(alice.ref(), alice.sdp(PCMU, "sendrecv"));
    assertThat(talk(alice, trunk, 0, 3, 7)).hasSize(3);
    assertThat(talk(trunk, alice, 0, 3, 8)).hasSize(3);
  }

  @Test
  void theTargetOfATransferCanBeAsked() throws MediaException {
    TestPhone alice = bench.phone("alice");
    TestPhone bob = bench.phone("bob");
    bench.connect(alice, bob);
    bench.session.askOf(alice.ref(), trunk.ref());
    trunk.learn(bench.session.answerAsked(trunk.ref(), trunk.sdp()));
    assertThat(bench.session.join(alice.ref(), trunk.ref(), trunk.sdp())).isEmpty();
    assertThat(talk(alice, trunk, 0, 3, 7)).hasSize(3);
  }

  @Test
  void whoWasNotAskedHasNoOfferToBeAnswered() throws MediaException {
    TestPhone alice = bench.phone("alice");
    bench.session.offer(alice.ref(), alice.sdp(), trunk.ref());
    assertThatThrownBy(() -> bench.session.answerAsked(trunk.ref(), trunk.sdp()))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("not asked");
  }
}
