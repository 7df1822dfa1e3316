package org.ringdown.gateway.media.stream;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.policy.SrtpPolicy;
import org.ringdown.gateway.sdp.sdes.CryptoAttribute;
import org.ringdown.sip.rtp.RtpPort;
import org.ringdown.sip.rtp.RtpPortRange;
import org.ringdown.webrtc.srtp.SrtpResult;
import org.ringdown.webrtc.srtp.SrtpSession;

/**
 * A port pair, the stream that uses it, and what encrypts it. Keys are exchanged on the call's
 * executor, packets come on the I/O threads.
 */
public final class PlainStream implements RtpPort.Receiver, OutboundStream.Wire {
  private final RtpPort port;
  private final Ticker clock;
  private final StreamKeys keys;
  private final LongAdder refused = new LongAdder();
  private volatile @Nullable LegStream stream;
  private volatile @Nullable SrtpSession srtp;
  private volatile String suite;

  /** Takes a port pair; what comes before {@link #begin} is dropped. */
  public PlainStream(RtpPortRange ports, Ticker clock, SrtpPolicy policy, SecureRandom random)
      throws IOException {
    this.clock = clock;
    this.keys = new StreamKeys(policy, random);
    this.suite = keys.suiteName();
    this.port = ports.allocate(this);
  }

  /** Packets go to this stream from now on. */
  public void begin(LegStream newStream) {
    stream = newStream;
  }

  /** The port pair. */
  public RtpPort port() {
    return port;
  }

  /** Where packets are sent; nothing changes if either is null. */
  public void connect(@Nullable InetSocketAddress rtp, @Nullable InetSocketAddress rtcp) {
    if (rtp != null && rtcp != null) {
      port.connect(rtp, rtcp);
    }
  }

  /** Our keys for an offer. */
  public ImmutableList<CryptoAttribute> offerKeys() {
    return keys.offer();
  }

  /** The keys that we said last. */
  public ImmutableList<CryptoAttribute> saidKeys() {
    return keys.said();
  }

  /** Takes the keys of an offer of the peer; gives ours for the answer. */
  public ImmutableList<CryptoAttribute> answerKeys(ImmutableList<CryptoAttribute> offer) {
    ImmutableList<CryptoAttribute> own = keys.answer(offer);
    use();
    return own;
  }

  /** Takes the key of an answer of the peer. */
  public void keysAnswered(ImmutableList<CryptoAttribute> answer) {
    keys.answered(answer);
    use();
  }

  private void use() {
    srtp = keys.session();
    suite = keys.suiteName();
  }

  /** The suite in use, or {@code none}. */
  public String suite() {
    return suite;
  }

  /** How many packets of the peer could not be decrypted. */
  public long refused() {
    return refused.sum();
  }

  @Override
  public boolean isGenuineRtp(ByteBuffer packet) {
    return isReadable(packet, SrtpSession::unprotectRtp);
  }

  @Override
  public boolean isGenuineRtcp(ByteBuffer packet) {
    return isReadable(packet, SrtpSession::unprotectRtcp);
  }

  @Override
  public void onRtp(ByteBuffer packet) {
    LegStream target = stream;
    if (target != null) {
      target.onRtp(packet, clock.read());
    }
  }

  @Override
  public void onRtcp(ByteBuffer packet) {
    LegStream target = stream;
    if (target != null) {
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
