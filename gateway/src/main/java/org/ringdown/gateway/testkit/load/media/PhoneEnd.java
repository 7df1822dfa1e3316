package org.ringdown.gateway.testkit.load.media;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.PlainSdp;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.sip.rtp.RtpPort;

/** A phone's plain RTP. */
final class PhoneEnd implements End, RtpPort.Receiver {
  private final InetAddress address;
  private final RtpStream stream;
  private @Nullable RtpPort port;

  PhoneEnd(InetAddress address, RtpStream stream) {
    this.address = address;
    this.stream = stream;
  }

  PhoneEnd on(RtpPort allocated) {
    port = allocated;
    return this;
  }

  @Override
  public String offer() {
    RtpPort own = port;
    return sdp(address, own == null ? 9 : own.local().getPort());
  }

  static String sdp(InetAddress address, int port) {
    String host = InetAddresses.toAddrString(address);
    String family = host.indexOf(':') < 0 ? "IN IP4 " : "IN IP6 ";
    return """
    v=0
    o=- 1 1 %1$s%2$s
    s=-
    c=%1$s%2$s
    t=0 0
    m=audio %3$d RTP/AVP 8 101
    a=rtpmap:8 PCMA/8000
    a=rtpmap:101 telephone-event/8000
    a=fmtp:101 0-15
    a=ptime:20
    a=sendrecv
    """
        .formatted(family, host, port)
        .replace("\n", "\r\n");
  }

  @Override
  public String answer(String offer) {
    accept(offer);
    return offer();
  }

  @Override
  public void accept(String answer) {
    try {
      PlainSdp.Section section = PlainSdp.read(answer).sections().get(0);
      InetSocketAddress rtp = section.rtp();
      InetSocketAddress rtcp = section.rtcp();
      RtpPort own = port;
      if (rtp != null && rtcp != null && own != null) {
        own.connect(rtp, rtcp);
        stream.begin(own::sendRtp);
      }
    } catch (SdpException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("the gateway's SDP to the phone cannot be read", e);
    }
  }

  @Override
  public void candidate(String line) {}

  @Override
  public void settle(boolean goOn) {
    if (goOn) {
      stream.settle();
    } else {
      stream.close();
    }
  }

  @Override
  public void onRtp(ByteBuffer packet) {
    stream.hear(packet);
  }

  @Override
  public void onRtcp(ByteBuffer packet) {}

  @Override
  public void fallSilent() {
    stream.close();
  }

  @Override
  public void close() {
    stream.close();
    RtpPort own = port;
    if (own != null) {
      own.close();
    }
  }
}
