package org.ringdown.gateway.media;

import com.google.common.base.Ticker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.rtp.RtpPort;
import org.ringdown.sip.rtp.RtpPortRange;

/** A port pair and the stream that uses it. */
final class PlainStream implements RtpPort.Receiver, OutboundStream.Wire {
  private final RtpPort port;
  private final Ticker clock;
  private volatile @Nullable LegStream stream;

  /** Takes a port pair; what comes before {@link #begin} is dropped. */
  PlainStream(RtpPortRange ports, Ticker clock) throws IOException {
    this.clock = clock;
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

  @Override
  public void sendRtp(ByteBuffer packet) {
    port.sendRtp(packet);
  }

  @Override
  public void sendRtcp(ByteBuffer packet) {
    port.sendRtcp(packet);
  }
}
