package org.ringdown.sip.rtp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Two neighbouring UDP sockets. Both are read by the same thread. */
final class UdpRtpPort implements RtpPort {
  private static final int RTP_HEADER_BYTES = 12;

  private final LatchedSocket rtp;
  private final LatchedSocket rtcp;
  private final Receiver receiver;
  private final Consumer<UdpRtpPort> onClose;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean muxed;

  UdpRtpPort(PortPair pair, Receiver receiver, Consumer<UdpRtpPort> onClose) {
    this.receiver = receiver;
    this.onClose = onClose;
    this.rtp = new LatchedSocket(pair.rtp(), pair.rtpLocal(), new RtpSink());
    this.rtcp = new LatchedSocket(pair.rtcp(), pair.rtcpLocal(), new RtcpSink());
  }

  LatchedSocket rtpSocket() {
    return rtp;
  }

  LatchedSocket rtcpSocket() {
    return rtcp;
  }

  @Override
  public InetSocketAddress local() {
    return rtp.local();
  }

  @Override
  public void connect(InetSocketAddress rtpAddress, InetSocketAddress rtcpAddress) {
    long now = System.nanoTime();
    muxed = rtpAddress.equals(rtcpAddress);
    rtp.latch().signal(rtpAddress, now);
    rtcp.latch().signal(rtcpAddress, now);
  }

  @Override
  public Optional<InetSocketAddress> remote() {
    return Optional.ofNullable(rtp.latch().target());
  }

  @Override
  public void sendRtp(ByteBuffer packet) {
    rtp.send(packet);
  }

  @Override
  public void sendRtcp(ByteBuffer packet) {
    (muxed ? rtp : rtcp).send(packet);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      rtp.close();
      rtcp.close();
      onClose.accept(this);
    }
  }

  /**
   * What comes to the RTP port. A phone may multiplex without having said so, therefore the second
   * byte decides: RTCP packet types 192..223 are what payload types 64..95 with a marker would be
   * (RFC 5761 section 4).
   */
  private final class RtpSink implements LatchedSocket.Sink {
    @Override
    public boolean isGenuine(ByteBuffer packet) {
      return isRtcp(packet)
          ? receiver.isGenuineRtcp(packet)
          : packet.remaining() >= RTP_HEADER_BYTES && receiver.isGenuineRtp(packet);
    }

    @Override
    public void onPacket(ByteBuffer packet) {
      if (isRtcp(packet)) {
        receiver.onRtcp(packet);
      } else {
        receiver.onRtp(packet);
      }
    }

    private static boolean isRtcp(ByteBuffer packet) {
      int second = packet.get(1) & 0xFF;
      return second >= 192 && second <= 223;
    }
  }

  /** What comes to the RTCP port. */
  private final class RtcpSink implements LatchedSocket.Sink {
    @Override
    public boolean isGenuine(ByteBuffer packet) {
      return receiver.isGenuineRtcp(packet);
    }

    @Override
    public void onPacket(ByteBuffer packet) {
      receiver.onRtcp(packet);
    }
  }
}
