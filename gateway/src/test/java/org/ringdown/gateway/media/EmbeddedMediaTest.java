package org.ringdown.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.ringdown.gateway.media.MediaBench.sequence;
import static org.ringdown.gateway.media.MediaBench.talk;
import static org.ringdown.gateway.media.MediaBench.voice;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.gateway.media.leg.Dialect;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.media.leg.MediaException.Kind;
import org.ringdown.gateway.media.rtp.Packets;
import org.ringdown.gateway.media.rtp.RtpHeader;
import org.ringdown.sip.rtp.RtpPortRange;
import org.ringdown.webrtc.media.PeerTransport;

class EmbeddedMediaTest {
  private MediaBench bench;

  @BeforeEach
  void open() throws IOException {
    bench = new MediaBench();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @ParameterizedTest
  @CsvSource({"PLAIN,WEBRTC", "WEBRTC,PLAIN", "WEBRTC,WEBRTC", "PLAIN,PLAIN"})
  void voicePassesUnchangedBothWays(Dialect from, Dialect to) throws MediaException {
    TestPeer alice = bench.peer(from, "alice");
    TestPeer bob = bench.peer(to, "bob");
    bench.connect(alice, bob);
    assertHears(talk(alice, bob, 0, 25, 7), 7);
    assertHears(talk(bob, alice, 0, 25, 8), 8);
  }

  private static void assertHears(List<ByteBuffer> packets, int ssrc) {
    int ours = RtpHeader.ssrc(packets.get(0));
    for (int n = 0; n < packets.size(); n++) {
      ByteBuffer packet = packets.get(n);
      assertThat(Packets.payload(packet)).isEqualTo(Packets.payload(voice(n, ssrc)));
      assertThat(RtpHeader.payloadType(packet)).isZero();
      assertThat(RtpHeader.ssrc(packet)).isEqualTo(ours).isNotEqualTo(ssrc);
      assertThat(sequence(packets, n) - sequence(packets, 0) & 0xFFFF).isEqualTo(n);
    }
  }

  @Test
  void payloadTypesAreThoseOfEachLeg() throws MediaException {
    TestBrowser alice = bench.browser("alice");
    TestPhone bob = bench.phone("bob");
    String opus = "a=rtpmap:%s opus/48000/2\r\na=rtpmap:%s telephone-event/48000\r\n";
    String offered = alice.sdp("111 110\r\n" + opus.formatted(111, 110), "sendrecv");
    bob.learn(bench.session.offer(alice.ref(), offered, bob.ref()));
    String answered = bob.sdp("96 97\r\n" + opus.formatted(96, 97), "sendrecv");
    alice.learn(bench.session.answer(bob.ref(), answered));
    alice.send(Packets.rtp(111, 1, 960, 7, (byte) 1));
    bob.send(Packets.rtp(96, 1, 960, 8, (byte) 2));
    await().until(() -> !bob.heard().isEmpty() && !alice.heard().isEmpty());
    assertThat(RtpHeader.payloadType(bob.heard().element())).isEqualTo(96);
    assertThat(RtpHeader.payloadType(alice.heard().element())).isEqualTo(111);
  }

  @Test
  void bundledStreamsAreToldApart() throws MediaException {
    TestBrowser alice = bench.browser("alice");
    TestBrowser bob = bench.browser("bob");
    alice.video = "96\r\na=rtpmap:96 VP8/90000\r\n";
    bob.video = alice.video;
    bench.connect(alice, bob);
    alice.send(voice(0, 7));
    alice.send(Packets.rtp(96, 5, 90, 7, (byte) 9));
    assertThat(bob.heard()).extracting(RtpHeader::payloadType).containsExactly(0, 96);
    assertThat(bob.heard()).extracting(RtpHeader::ssrc).doesNotHaveDuplicates();
    int video = RtpHeader.ssrc(List.copyOf(bob.heard()).get(1));
    bob.sendRtcp(Packets.compound(Packets.rtcp(201, 0, 1), Packets.rtcp(206, 1, 1, video)));
    assertThat(alice.heardRtcp()).hasSize(1);
    assertThat(Packets.word(alice.heardRtcp().element(), 8, 2)).isEqualTo(7);
  }

  @Test
  void reportsReachTheOtherLegUnderItsNumbers() throws MediaException {
    TestPhone alice = bench.phone("alice");
    TestBrowser bob = bench.browser("bob");
    bench.connect(alice, bob);
    int toBob = RtpHeader.ssrc(talk(alice, bob, 0, 1, 7).get(0));
    int toAlice = RtpHeader.ssrc(talk(bob, alice, 0, 1, 8).get(0));
    bob.sendRtcp(Packets.rtcp(201, 1, 8, toBob, 0, 0, 0, 0, 0));
    await().until(() -> !alice.heardRtcp().isEmpty());
    ByteBuffer report = alice.heardRtcp().element();
    assertThat(Packets.word(report, 4, 0)).isEqualTo(toAlice);
    assertThat(Packets.word(report, 8, 0)).isEqualTo(7);
  }

  @Test
  void callerHearsTheForkThatAnsweredLastAsOneStream() throws MediaException {
    TestBrowser alice = bench.browser("alice");
    TestPhone first = bench.phone("first");
    TestPhone second = bench.phone("second");
    String toFirst = bench.session.offer(alice.ref(), alice.sdp(), first.ref());
    String toSecond = bench.session.offer(alice.ref(), alice.sdp(), second.ref());
    String early = bench.answer(alice, first, toFirst);
    List<ByteBuffer> announcement = talk(first, alice, 0, 5, 50);
    assertThat(bench.answer(alice, second, toSecond)).isEqualTo(early);
    List<ByteBuffer> talk = talk(second, alice, 0, 5, 60);
    assertThat(RtpHeader.ssrc(talk.get(0))).isEqualTo(RtpHeader.ssrc(announcement.get(0)));
    assertThat(sequence(talk, 0) - sequence(announcement, 4) & 0xFFFF).isEqualTo(1);
    assertThat(RtpHeader.timestamp(talk.get(0)) - RtpHeader.timestamp(announcement.get(4)))
        .isPositive();
    assertThat(RtpHeader.marker(talk.get(0))).isTrue();
    bench.session.release(first.ref());
    assertThat(bench.ports.inUse()).isEqualTo(1);
    assertThat(talk(alice, second, 0, 3, 7)).hasSize(3);
  }

  /** The page was told one law and gets no second answer; the phone that answers has the other. */
  @Test
  void laterForkWithTheOtherLawIsHeardInTheLawOfTheFirst() throws MediaException {
    TestBrowser alice = bench.browser("alice");
    TestPhone first = bench.phone("first");
    TestPhone second = bench.phone("second");
    first.learn(bench.session.offer(alice.ref(), alice.sdp(), first.ref()));
    second.learn(bench.session.offer(alice.ref(), alice.sdp(), second.ref()));
    String early = bench.session.answer(first.ref(), first.sdp("0\r\n", "sendrecv"));
    alice.learn(early);
    assertThat(bench.session.answer(second.ref(), second.sdp("8\r\n", "sendrecv")))
        .isEqualTo(early);
    second.send(Packets.rtp(8, 1000, 50_000, 60, new byte[160]));
    await().until(() -> !alice.heard().isEmpty());
    assertThat(alice.heard()).allMatch(packet -> RtpHeader.payloadType(packet) == 0);
    assertThat(talk(alice, second, 0, 3, 7)).allMatch(packet -> RtpHeader.payloadType(packet) == 8);
  }

  @Test
  void laterForkWithoutTheCodecOfTheFirstIsRefused() throws MediaException {
    TestBrowser alice = bench.browser("alice");
    TestPhone first = bench.phone("first");
    TestPhone second = bench.phone("second");
    String wide = alice.sdp("0 9\r\n", "sendrecv");
    first.learn(bench.session.offer(alice.ref(), wide, first.ref()));
    second.learn(bench.session.offer(alice.ref(), wide, second.ref()));
    alice.learn(bench.session.answer(first.ref(), first.sdp("0\r\n", "sendrecv")));
    assertRefused(() -> bench.session.answer(second.ref(), second.sdp("9\r\n", "sendrecv")));
  }

  @Test
  void forkThatWasHeardBeforeIsHeardAgainWhenTheLaterOneLeaves() throws MediaException {
    TestBrowser alice = bench.browser("alice");
    TestPhone first = bench.phone("first");
    TestPhone second = bench.phone("second");
    bench.connect(alice, first);
    bench.connect(alice, second);
    bench.session.release(second.ref());
    assertThat(talk(first, alice, 0, 3, 50)).hasSize(3);
  }

  @Test
  void secondAnswerOfALegMovesItsMedia() throws MediaException {
    TestBrowser alice = bench.browser("alice");
    TestPhone announcement = bench.phone("bob");
    TestPhone bob = bench.phone("bob");
    String early = bench.connect(alice, announcement);
    talk(announcement, alice, 0, 2, 50);
    bob.learn(bench.session.offer(alice.ref(), alice.sdp(), bob.ref()));
    assertThat(bench.session.answer(bob.ref(), bob.sdp())).isEqualTo(early);
    assertThat(talk(alice, bob, 0, 3, 7)).hasSize(3);
    assertThat(talk(bob, alice, 0, 3, 60)).hasSize(3);
  }

  @Test
  void phoneThatSendsFromElsewhereIsFound() throws MediaException {
    TestPhone alice = bench.phone("alice");
    TestBrowser bob = bench.browser("bob");
    String offer = bench.session.offer(alice.ref(), alice.sdp(), bob.ref());
    TestPhone behindNat = bench.phone("alice");
    bob.learn(offer);
    behindNat.learn(bench.session.answer(bob.ref(), MediaBench.answerOf(bob)));
    talk(behindNat, bob, 0, 1, 7);
    assertThat(talk(bob, behindNat, 0, 3, 8)).hasSize(3);
  }

  @Test
  void closingFreesEverything() throws MediaException {
    bench.connect(bench.phone("alice"), bench.browser("bob"));
    bench.connect(bench.phone("alice"), bench.phone("carol"));
    assertThat(bench.ports.inUse()).isEqualTo(2);
    assertThat(bench.peers.open()).isEqualTo(1);
    bench.session.close();
    bench.session.close();
    assertThat(bench.ports.inUse()).isZero();
    assertThat(bench.peers.open()).isZero();
    assertThat(bench.engine.openSessions()).isZero();
    assertThatThrownBy(() -> bench.session.answer(bench.phone("carol").ref(), "v=0"))
        .isInstanceOf(MediaException.class);
  }

  @Test
  void descriptionsThatCannotBeUsedAreRefusedWithAReason() {
    TestPhone alice = bench.phone("alice");
    TestBrowser bob = bench.browser("bob");
    assertRefused(() -> bench.session.offer(alice.ref(), "not SDP", bob.ref()));
    String exotic = alice.sdp("97\r\na=rtpmap:97 SILK/16000\r\n", "sendrecv");
    assertRefused(() -> bench.session.offer(alice.ref(), exotic, bob.ref()));
    assertRefused(() -> bench.session.answer(bob.ref(), bob.sdp()));
    assertRefused(() -> bench.session.reoffer(bob.ref(), bob.sdp()));
    bench.session.close();
    assertThat(bench.ports.inUse()).isZero();
    assertThat(bench.peers.open()).isZero();
  }

  @Test
  void answerThatCannotBeUsedLeavesTheOfferOpen() throws MediaException {
    TestPhone alice = bench.phone("alice");
    TestPhone bob = bench.phone("bob");
    String offer = bench.session.offer(alice.ref(), alice.sdp(), bob.ref());
    assertRefused(() -> bench.session.answer(bob.ref(), bob.sdp("18\r\n", "sendrecv")));
    bench.answer(alice, bob, offer);
    assertThat(talk(alice, bob, 0, 3, 7)).hasSize(3);
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            MediaException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_ACCEPTABLE))
        .message()
        .isNotBlank();
  }

  @Test
  void withoutAPortTheCallIsRefusedAndNothingLeaks() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    int free = freePair();
    RtpPortRange one = RtpPortRange.open(loopback, free, free + 1, 1);
    try (MediaBench small = new MediaBench(one, Duration.ofMinutes(1))) {
      TestPhone alice = small.phone("alice");
      assertThatThrownBy(
              () -> small.session.offer(alice.ref(), alice.sdp(), small.phone("bob").ref()))
          .isInstanceOfSatisfying(
              MediaException.class, e -> assertThat(e.kind()).isEqualTo(Kind.EXHAUSTED));
      small.session.close();
      assertThat(one.inUse()).isZero();
    }
  }

  private int freePair() throws IOException {
    var port = bench.ports.allocate(bench.phone("probe"));
    port.close();
    return port.local().getPort();
  }

  @Test
  void noiseNeverStopsTheRelay() throws MediaException {
    TestPhone alice = bench.phone("alice");
    TestBrowser bob = bench.browser("bob");
    bench.connect(alice, bob);
    Random random = new Random(4711);
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = new byte[random.nextInt(90)];
      random.nextBytes(noise);
      if (noise.length > 1) {
        noise[0] = (byte) (0x80 | (noise[0] & 0x3F));
        noise[1] = (byte) (i % 3 == 0 ? 101 : i % 3 == 1 ? 200 + i % 8 : noise[1]);
      }
      ByteBuffer packet = ByteBuffer.allocate(noise.length + 128).put(noise).flip();
      if (i % 2 == 0) {
        bob.send(packet.duplicate());
        bob.sendRtcp(packet);
      } else if (i % 20 == 1) {
        alice.send(packet);
      }
    }
    bob.heard().clear();
    alice.heard().clear();
    assertHeard(alice, bob, 7);
    assertHeard(bob, alice, 8);
  }

  /** Speaks until it is heard: the noise may still fill the socket's buffer, and packets drop. */
  private static void assertHeard(TestPeer from, TestPeer to, int ssrc) {
    AtomicInteger spoken = new AtomicInteger();
    await()
        .untilAsserted(
            () -> {
              from.send(voice(spoken.getAndIncrement(), ssrc));
              assertThat(to.heard()).anyMatch(packet -> isVoice(packet, spoken.get(), ssrc));
            });
  }

  private static boolean isVoice(ByteBuffer packet, int spoken, int ssrc) {
    return packet.remaining() == 172
        && IntStream.range(0, spoken)
            .mapToObj(n -> Packets.payload(voice(n, ssrc)))
            .anyMatch(payload -> Arrays.equals(Packets.payload(packet), payload));
  }

  @Test
  void figuresNameWhatFlowsWhere() throws MediaException {
    TestPhone alice = bench.phone("alice");
    TestBrowser bob = bench.browser("bob");
    bench.connect(alice, bob);
    talk(alice, bob, 0, 5, 7);
    String figures = bench.session.query().toString();
    assertThat(figures)
        .contains("joined=bob")
        .contains("codecs=PCMU/8000 PCMA/8000 telephone-event/8000")
        .contains("packetsIn=5")
        .contains("packetsOut=5")
        .contains("digits=telephone-event/8000")
        .contains("remote=")
        .contains("checks=3")
        .contains("lastPacketAgeMs=");
  }

  @Test
  void statesOfThePathsAreTold() throws MediaException {
    TestPhone alice = bench.phone("alice");
    TestBrowser bob = bench.browser("bob");
    bench.connect(alice, bob);
    FakePeers.FakePeer path = bob.path();
    path.become(PeerTransport.State.LOST);
    path.become(PeerTransport.State.CONNECTED);
    path.become(PeerTransport.State.CONNECTED);
    path.become(PeerTransport.State.ICE_FAILED);
    talk(alice, bob, 0, 3, 7);
    assertThat(bench.states)
        .containsExactly(
            "bob CONNECTED", "bob LOST", "bob CONNECTED", "bob ICE_FAILED", "alice CONNECTED");
    bench.session.close();
    path.become(PeerTransport.State.DTLS_FAILED);
    assertThat(bench.states).hasSize(5);
  }
}
