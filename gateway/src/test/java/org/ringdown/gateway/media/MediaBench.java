package org.ringdown.gateway.media;

import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.ringdown.gateway.media.leg.Dialect;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.media.leg.MediaListener;
import org.ringdown.gateway.media.leg.PathState;
import org.ringdown.gateway.media.leg.PhonePorts;
import org.ringdown.gateway.media.rtp.Packets;
import org.ringdown.gateway.media.rtp.RtpHeader;
import org.ringdown.gateway.sdp.policy.DtmfMethod;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.sdp.policy.SrtpPolicy;
import org.ringdown.sip.rtp.RtpPortRange;

/** An engine, one session, and peers to call each other through it. */
final class MediaBench implements MediaListener, AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  final RtpPortRange ports;
  final FakePeers peers = new FakePeers();
  final EmbeddedMedia engine;
  final MediaSession session;
  final Queue<String> states = new ConcurrentLinkedQueue<>();
  final Queue<String> digits = new ConcurrentLinkedQueue<>();
  final Queue<ImmutableMap<String, Object>> evidence = new ConcurrentLinkedQueue<>();
  private final RtpPortRange phonePorts;

  MediaBench() throws IOException {
    this(RtpPortRange.open(LOOPBACK, 0, 0, 1), Duration.ofMinutes(5));
  }

  MediaBench(RtpPortRange ports, Duration silentAfter) throws IOException {
    this.ports = ports;
    this.phonePorts = RtpPortRange.open(LOOPBACK, 0, 0, 1);
    this.engine = new EmbeddedMedia(PhonePorts.at(ports, LOOPBACK), peers, silentAfter);
    this.session = engine.open(this);
  }

  TestPhone phone(String name) {
    return new TestPhone(name, phonePorts);
  }

  /** A phone towards which this policy holds. */
  TestPhone phone(String name, SrtpPolicy srtp) {
    MediaPolicy policy = new MediaPolicy(srtp, ImmutableList.of(), DtmfMethod.AUTO);
    return new TestPhone(new LegRef(name, Dialect.PLAIN, policy, null), phonePorts);
  }

  TestBrowser browser(String name) {
    return new TestBrowser(name, peers);
  }

  TestPeer peer(Dialect dialect, String name) {
    return dialect == Dialect.PLAIN ? phone(name) : browser(name);
  }

  /** A whole offer and answer; gives the caller's answer. */
  String connect(TestPeer caller, TestPeer callee) throws MediaException {
    String offer = session.offer(caller.ref(), caller.sdp(), callee.ref());
    return answer(caller, callee, offer);
  }

  /** The callee takes what it was offered. */
  String answer(TestPeer caller, TestPeer callee, String offer) throws MediaException {
    callee.learn(offer);
    String answer = session.answer(callee.ref(), answerOf(callee));
    caller.learn(answer);
    return answer;
  }

  static String answerOf(TestPeer callee) {
    if (callee instanceof TestBrowser browser) {
      browser.setup = "active";
    }
    return callee.sdp();
  }

  /** Packet number {@code n} of a talk: recognizable by its content. */
  static ByteBuffer voice(int n, int ssrc) {
    byte[] tone = new byte[160];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (byte) (100 * Math.sin((n * 160 + i) * 0.345) + ssrc);
    }
    return Packets.rtp(0, 1000 + n, 50_000 + 160 * n, ssrc, tone);
  }

  /** Talks so many packets and waits until they are heard; gives all that was heard meanwhile. */
  static List<ByteBuffer> talk(TestPeer from, TestPeer to, int first, int count, int ssrc) {
    to.heard().clear();
    for (int n = first; n < first + count; n++) {
      from.send(voice(n, ssrc));
    }
    await().atMost(Duration.ofSeconds(5)).until(() -> to.heard().size() >= count);
    return new ArrayList<>(to.heard());
  }

  static int sequence(List<ByteBuffer> packets, int index) {
    return RtpHeader.sequence(packets.get(index));
  }

  @Override
  public void onMedia(LegRef leg, PathState state, ImmutableMap<String, Object> seen) {
    states.add(leg.name() + " " + state);
    evidence.add(seen);
  }

  @Override
  public void onDigit(LegRef leg, char digit, int durationMs) {
    digits.add(leg.name() + " " + digit + " " + durationMs);
  }

  @Override
  public void close() {
    engine.close();
    ports.close();
    phonePorts.close();
  }
}
