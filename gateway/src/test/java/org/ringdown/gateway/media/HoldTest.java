package org.ringdown.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ringdown.gateway.media.MediaBench.sequence;
import static org.ringdown.gateway.media.MediaBench.talk;
import static org.ringdown.gateway.media.MediaBench.voice;
import static org.ringdown.gateway.media.TestPeer.USUAL;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringdown.gateway.media.leg.MediaException;

/** Hold asked for by a leg that does not renegotiate. */
class HoldTest {
  private MediaBench bench;
  private TestPhone phone;
  private TestBrowser page;

  @BeforeEach
  void open() throws IOException, MediaException {
    bench = new MediaBench();
    phone = bench.phone("phone");
    page = bench.browser("page");
    bench.connect(page, phone);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void nothingPassesUntilTheHolderResumesAndNoGapIsLeft() throws MediaException {
    List<ByteBuffer> before = talk(page, phone, 0, 2, 7);
    hold(true);
    phone.heard().clear();
    page.send(voice(2, 7));
    page.send(voice(3, 7));
    hold(false);
    List<ByteBuffer> after = talk(page, phone, 4, 2, 7);
    assertThat(after).hasSize(2);
    assertThat(sequence(after, 0) - sequence(before, 1) & 0xFFFF).isEqualTo(1);
    assertThat(talk(phone, page, 0, 2, 8)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void thePhoneIsOfferedSendonlyAndThenSendrecvOnTheSamePort(boolean phoneCalls)
      throws IOException, MediaException {
    try (MediaBench other = new MediaBench()) {
      TestPhone held = other.phone("phone");
      TestBrowser holder = other.browser("page");
      String said;
      if (phoneCalls) {
        said = other.connect(held, holder);
      } else {
        said = other.session.offer(holder.ref(), holder.sdp(), held.ref());
        other.answer(holder, held, said);
      }
      other.session.hold(holder.ref(), true);
      String onHold = other.session.offerAgain(held.ref());
      assertThat(onHold).contains("a=sendonly").contains(mediaLine(said));
      assertThat(version(onHold)).isEqualTo(version(said) + 1);
      assertThat(other.session.offerAgain(held.ref())).isEqualTo(onHold);
      other.session.answerAgain(held.ref(), held.sdp(USUAL, "recvonly"));
      other.session.hold(holder.ref(), false);
      String resumed = other.session.offerAgain(held.ref());
      assertThat(resumed).contains("a=sendrecv").contains(mediaLine(said));
      assertThat(version(resumed)).isEqualTo(version(onHold) + 1);
      other.session.answerAgain(held.ref(), held.sdp());
      assertThat(talk(held, holder, 0, 2, 8)).hasSize(2);
    }
  }

  @Test
  void aHeldPhonesOwnOfferIsAnsweredWithoutResumingIt() throws MediaException {
    hold(true);
    String answer = bench.session.reoffer(phone.ref(), phone.sdp());
    assertThat(answer).contains("a=sendonly");
    assertThat(bench.session.reoffer(phone.ref(), phone.sdp(USUAL, "sendonly")))
        .contains("a=inactive");
  }

  @Test
  void theResumeOfOneSideLeavesTheHoldOfTheOther() throws MediaException {
    bench.session.reoffer(phone.ref(), phone.sdp(USUAL, "sendonly"));
    hold(true);
    hold(false);
    assertThat(bench.session.offerAgain(phone.ref())).contains("a=sendrecv");
    bench.session.answerAgain(phone.ref(), phone.sdp(USUAL, "sendonly"));
    phone.heard().clear();
    page.send(voice(0, 7));
    assertThat(talk(phone, page, 0, 2, 8)).hasSize(2);
    assertThat(phone.heard()).isEmpty();
  }

  @Test
  void twoHoldersMustBothResume() throws MediaException {
    bench.session.hold(phone.ref(), true);
    hold(true);
    hold(false);
    page.send(voice(0, 7));
    bench.session.hold(phone.ref(), false);
    assertThat(talk(page, phone, 1, 2, 7)).hasSize(2);
  }

  @Test
  void anAnswerThatCannotBeUsedChangesNothing() throws MediaException {
    hold(true);
    bench.session.offerAgain(phone.ref());
    String exotic = phone.sdp("97\r\na=rtpmap:97 SILK/16000\r\n", "recvonly");
    assertThatThrownBy(() -> bench.session.answerAgain(phone.ref(), exotic))
        .isInstanceOf(MediaException.class);
    assertThatThrownBy(() -> bench.session.answerAgain(phone.ref(), "nonsense"))
        .isInstanceOf(MediaException.class);
    hold(false);
    assertThat(talk(page, phone, 0, 2, 7)).hasSize(2);
  }

  @Test
  void anOfferToAPageSaysNothingOfAHold() throws MediaException {
    bench.session.hold(phone.ref(), true);
    assertThat(bench.session.offerAgain(page.ref())).contains("a=sendrecv");
  }

  private void hold(boolean holds) {
    bench.session.hold(page.ref(), holds);
  }

  private static String mediaLine(String sdp) {
    return find("m=audio \\d+ RTP/AVP", sdp);
  }

  private static long version(String sdp) {
    return Long.parseLong(find("(?<=o=- \\d{1,20} )\\d+", sdp));
  }

  private static String find(String pattern, String sdp) {
    Matcher found = Pattern.compile(pattern).matcher(sdp);
    assertThat(found.find()).as("%s in %s", pattern, sdp).isTrue();
    return found.group();
  }
}
