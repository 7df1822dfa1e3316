package org.ringdown.gateway.media;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.sdes.CryptoAttribute;
import org.ringdown.sip.rtp.RtpPort;
import org.ringdown.sip.rtp.RtpPortRange;
import org.ringdown.webrtc.srtp.SrtpResult;
import org.ringdown.webrtc.srtp.SrtpSession;

/**
 * A port pair, the stream that uses it, and what encrypts it. Keys are exchanged on the call's
 * executor, packets come on the I/O threads.
 */
final class PlainStream implements RtpPort.Receiver, OutboundStream.Wire {
  private final RtpPort port;
  private final Ticker clock;
  private final StreamKeys keys;
  private final LongAdder refused = new LongAdder();
  private volatile @Nullable LegStream stream;
  private volatile @Nullable SrtpSession srtp;
  private volatile String suite;

  /** Takes a port pair; what comes before {@link #begin} is dropped. */
  PlainStream(RtpPortRange ports, Ticker clock, StreamKeys keys) throws IOException {
    this.clock = clock;
    this.keys = keys;
    this.suite = keys.suiteName();
    this.port = ports.allocate(this);
  }

  void begin(LegStream newStream) {
    stream = newStream;
  }

  RtpPort port() {
    return port;
  }

  void connect(@Nullable InetSocketAddress rtp, @Nullable InetSocketAddress rtcp) {
    if (rtp != null && rtcp != null) {
      port.connect(rtp, rtcp);
    }
  }

  /** Our keys for an offer. */
  ImmutableList<CryptoAttribute> offerKeys() {
    return keys.offer();
  }

  /** The keys that we said last. */
  ImmutableList<CryptoAttribute> saidKeys() {
    return keys.said();
  }

  /** Takes the keys of an offer of the peer; gives ours for the answer. */
  ImmutableList<CryptoAttribute> answerKeys(ImmutableList<CryptoAttribute> offer) {
    ImmutableList<CryptoAttribute> own = keys.answer(offer);
    use();
    return own;
  }

  /** Takes the key of an answer of the peer. */
  void keysAnswered(ImmutableList<CryptoAttribute> answer) {
    keys.answered(answer);
    use();
  }

  private void use() {
    srtp = keys.session();
    suite = keys.suiteName();
  }

  /** The suite in use, or {@code none}. */
  String suite() {
    return suite;
  }

  /** How many packets of the peer could not be decrypted. */
  long refused() {
    return refused.sum();
  }

  @Override
  public void onRtp(ByteBuffer packet) {
    LegStream target = stream;
    if (target != null && isReadable(packet, SrtpSession::unprotectRtp)) {
      target.onRtp(packet, clock.read());
    }
  }

  @Override
  public void onRtcp(ByteBuffer packet) {
    LegStream target = stream;
    if (target != null && isReadable(packet, SrtpSession::unprotectRtcp)) {
      target.onRtcp(packet);
    }
  }

  /** A copy is no fault of anybody's and is not counted. */
  private boolean isReadable(
      ByteBuffer packet, BiFunction<SrtpSession, ByteBuffer, SrtpResult> unprotect) {
    SrtpSession session = srtp;
    if (session == null) {
      return !keys.isNeeded();
    }
    SrtpResult result = unprotect.apply(session, packet);
    if (result != SrtpResult.OK && result != SrtpResult.REPLAYED) {
      refused.increment();
    }
    return result == SrtpResult.OK;
  }

  @Override
  public void sendRtp(ByteBuffer packet) {
    SrtpSession session = srtp;
    if (session == null ? !keys.isNeeded() : session.protectRtp(packet) == SrtpResult.OK) {
      port.sendRtp(packet);
    }
  }

  @Override
  public void sendRtcp(ByteBuffer packet) {
    SrtpSession session = srtp;
    if (session == null ? !keys.isNeeded() : session.protectRtcp(packet) == SrtpResult.OK) {
      port.sendRtcp(packet);
    }
  }
}
