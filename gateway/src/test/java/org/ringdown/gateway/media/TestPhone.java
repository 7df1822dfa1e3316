package org.ringdown.gateway.media;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.ringdown.gateway.media.MediaSession.LegRef;
import org.ringdown.gateway.sdp.PlainSdp;
import org.ringdown.gateway.sdp.SdpException;
import org.ringdown.sip.rtp.RtpPort;
import org.ringdown.sip.rtp.RtpPortRange;

/** A phone with real sockets. */
final class TestPhone implements TestPeer, RtpPort.Receiver {
  private final LegRef ref;
  private final RtpPort port;
  private final Queue<ByteBuffer> rtp = new ConcurrentLinkedQueue<>();
  private final Queue<ByteBuffer> rtcp = new ConcurrentLinkedQueue<>();

  TestPhone(String name, RtpPortRange ports) {
    this.ref = new LegRef(name, Dialect.PLAIN);
    try {
      this.port = ports.allocate(this);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public LegRef ref() {
    return ref;
  }

  @Override
  public String sdp(String formats, String direction) {
    return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
        + ("m=audio " + port.local().getPort() + " RTP/AVP " + formats)
        + ("a=" + direction + "\r\n");
  }

  @Override
  public void learn(String gatewaySdp) {
    InetSocketAddress gateway = rtpAddress(gatewaySdp);
    port.connect(gateway, new InetSocketAddress(gateway.getAddress(), gateway.getPort() + 1));
  }

  static InetSocketAddress rtpAddress(String gatewaySdp) {
    try {
      InetSocketAddress rtp = PlainSdp.read(gatewaySdp).sections().get(0).rtp();
      if (rtp == null) {
        throw new AssertionError("no address in " + gatewaySdp);
      }
      return rtp;
    } catch (SdpException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void send(ByteBuffer packet) {
    port.sendRtp(packet);
  }

  @Override
  public void sendRtcp(ByteBuffer packet) {
    port.sendRtcp(packet);
  }

  @Override
  public Queue<ByteBuffer> heard() {
    return rtp;
  }

  @Override
  public Queue<ByteBuffer> heardRtcp() {
    return rtcp;
  }

  @Override
  public void onRtp(ByteBuffer packet) {
    rtp.add(FakePeers.copy(packet));
  }

  @Override
  public void onRtcp(ByteBuffer packet) {
    rtcp.add(FakePeers.copy(packet));
  }
}
