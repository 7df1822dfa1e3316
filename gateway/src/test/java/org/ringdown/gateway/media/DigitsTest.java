package org.ringdown.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.ringdown.gateway.media.MediaBench.sequence;
import static org.ringdown.gateway.media.MediaBench.talk;
import static org.ringdown.gateway.media.MediaBench.voice;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.media.leg.Dialect;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.media.rtp.Packets;
import org.ringdown.gateway.media.rtp.RtpHeader;
import org.ringdown.gateway.media.rtp.TelephoneEvent;

class DigitsTest {
  private MediaBench bench;
  private TestPhone alice;
  private TestBrowser bob;

  @BeforeEach
  void open() throws IOException {
    bench = new MediaBench();
    alice = bench.phone("alice");
    bob = bench.browser("bob");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void digitsFromThePhonePassAndAreToldOnce() throws MediaException {
    bench.connect(alice, bob);
    talk(alice, bob, 0, 2, 7);
    bob.heard().clear();
    for (int n = 2; n < 9; n++) {
      boolean end = n > 5;
      alice.send(
          Packets.event(101, new int[] {1000 + n, 50_320, 7}, 11, end, Math.min(640, 160 * n)));
    }
    await().until(() -> bob.heard().size() == 7);
    assertThat(bob.heard()).extracting(RtpHeader::payloadType).containsOnly(101);
    assertThat(bob.heard())
        .extracting(RtpHeader::timestamp)
        .containsOnly(RtpHeader.timestamp(bob.heard().element()));
    assertThat(bench.digits).containsExactly("alice # 80");
  }

  @Test
  void digitsForALegAreEventsInItsStream() throws MediaException {
    bench.connect(bob, alice);
    List<ByteBuffer> before = talk(bob, alice, 0, 2, 8);
    alice.heard().clear();
    bench.session.sendDtmf(alice.ref(), "4#", 60, 40);
    await().until(() -> alice.heard().size() == 10);
    List<ByteBuffer> events = new ArrayList<>(alice.heard());
    for (int i = 0; i < 10; i++) {
      ByteBuffer event = events.get(i);
      assertThat(RtpHeader.payloadType(event)).isEqualTo(101);
      assertThat(RtpHeader.ssrc(event)).isEqualTo(RtpHeader.ssrc(before.get(0)));
      assertThat(sequence(events, i) - sequence(before, 1) & 0xFFFF).isEqualTo(i + 1);
      assertThat(RtpHeader.marker(event)).isEqualTo(i % 5 == 0);
      assertThat(TelephoneEvent.event(event, 12)).isEqualTo(i < 5 ? 4 : 11);
      assertThat(TelephoneEvent.isEnd(event, 12)).isEqualTo(i % 5 >= 2);
    }
    assertThat(TelephoneEvent.durationTicks(events.get(4), 12)).isEqualTo(480);
    List<ByteBuffer> after = talk(bob, alice, 2, 2, 8);
    assertThat(sequence(after, 0) - sequence(before, 1) & 0xFFFF).isEqualTo(11);
  }

  @Test
  void voiceIsSilentWhileADigitSounds() throws MediaException {
    bench.connect(bob, alice);
    talk(bob, alice, 0, 2, 8);
    alice.heard().clear();
    bench.session.sendDtmf(alice.ref(), "1", 200, 40);
    await().until(() -> !alice.heard().isEmpty());
    bob.send(voice(2, 8));
    await().until(() -> alice.heard().size() == 12);
    assertThat(alice.heard()).extracting(RtpHeader::payloadType).containsOnly(101);
    List<ByteBuffer> events = new ArrayList<>(alice.heard());
    List<ByteBuffer> after = talk(bob, alice, 3, 1, 8);
    assertThat(sequence(after, 0) - sequence(events, 11) & 0xFFFF).isEqualTo(1);
  }

  @Test
  void browserGetsDigitsBeforeAnyVoiceToo() throws MediaException {
    bench.connect(alice, bob);
    bench.session.sendDtmf(bob.ref(), "9", 40, 40);
    await().until(() -> bob.heard().size() == 4);
    assertThat(TelephoneEvent.event(bob.heard().element(), 12)).isEqualTo(9);
    assertThat(talk(alice, bob, 0, 2, 7)).hasSize(2);
  }

  @Test
  void legWithoutEventsGetsNoneAndSaysSo() throws MediaException {
    String bare = alice.sdp("0\r\na=rtpmap:0 PCMU/8000\r\n", "sendrecv");
    bob.learn(bench.session.offer(alice.ref(), bare, bob.ref()));
    bob.setup = "active";
    alice.learn(
        bench.session.answer(bob.ref(), bob.sdp("0\r\na=rtpmap:0 PCMU/8000\r\n", "sendrecv")));
    bench.session.sendDtmf(alice.ref(), "123", 100, 50);
    bench.session.sendDtmf(new LegRef("nobody", Dialect.PLAIN), "1", 0, 0);
    talk(bob, alice, 0, 2, 8);
    assertThat(alice.heard()).extracting(RtpHeader::payloadType).containsOnly(0);
    assertThat(bench.session.query().toString()).contains("digits=none");
  }
}
