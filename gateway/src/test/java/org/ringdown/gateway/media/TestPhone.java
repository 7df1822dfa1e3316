package org.ringdown.gateway.media;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.media.leg.Dialect;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.sdp.PlainSdp;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.sip.rtp.RtpPort;
import org.ringdown.sip.rtp.RtpPortRange;
import org.ringdown.webrtc.srtp.SrtpResult;
import org.ringdown.webrtc.srtp.SrtpSession;

/** A phone with real sockets. */
final class TestPhone implements TestPeer, RtpPort.Receiver {
  private final LegRef ref;
  private final RtpPort port;

  /** What its description says besides. */
  String protocol = "RTP/AVP";

  String crypto = "";

  /** What it encrypts and decrypts with; null for nothing. */
  volatile @Nullable SrtpSession srtp;

  private final Queue<ByteBuffer> rtp = new ConcurrentLinkedQueue<>();
  private final Queue<ByteBuffer> rtcp = new ConcurrentLinkedQueue<>();

  TestPhone(String name, RtpPortRange ports) {
    this(new LegRef(name, Dialect.PLAIN), ports);
  }

  TestPhone(LegRef ref, RtpPortRange ports) {
    this.ref = ref;
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
        + ("m=audio " + port.local().getPort() + " " + protocol + " " + formats)
        + crypto
        + ("a=" + direction + "\r\n");
  }

  @Override
  public void learn(String gatewaySdp) {
    learn(gatewaySdp, 0);
  }

  /** Sends what it has to where a section wants it. */
  void learn(String gatewaySdp, int section) {
    InetSocketAddress gateway = rtpAddress(gatewaySdp, section);
    port.connect(gateway, new InetSocketAddress(gateway.getAddress(), gateway.getPort() + 1));
  }

  static InetSocketAddress rtpAddress(String gatewaySdp) {
    return rtpAddress(gatewaySdp, 0);
  }

  private static InetSocketAddress rtpAddress(String gatewaySdp, int section) {
    try {
      InetSocketAddress rtp = PlainSdp.read(gatewaySdp).sections().get(section).rtp();
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
    SrtpSession session = srtp;
    if (session != null) {
      session.protectRtp(packet);
    }
    port.sendRtp(packet);
  }

  @Override
  public void sendRtcp(ByteBuffer packet) {
    SrtpSession session = srtp;
    if (session != null) {
      session.protectRtcp(packet);
    }
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
    SrtpSession session = srtp;
    if (session != null && session.unprotectRtp(packet) != SrtpResult.OK) {
      return;
    }
    rtp.add(FakePeers.copy(packet));
  }

  @Override
  public void onRtcp(ByteBuffer packet) {
    SrtpSession session = srtp;
    if (session != null && session.unprotectRtcp(packet) != SrtpResult.OK) {
      return;
    }
    rtcp.add(FakePeers.copy(packet));
  }
}
