package org.ringdown.gateway.extension;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.PlainSdp;
import org.ringdown.sip.rtp.RtpPort;
import org.ringdown.sip.rtp.RtpPortRange;

/** Sends every packet back to where it came from. */
final class EchoPlayer implements Player {
  private final RtpPortRange ports;
  private volatile @Nullable RtpPort port;

  EchoPlayer(RtpPortRange ports) {
    this.ports = ports;
  }

  @Override
  public InetSocketAddress start(PlainSdp.Section section) throws IOException {
    RtpPort opened = ports.allocate(new Echo());
    port = opened;
    Extension.connect(opened, section);
    return opened.local();
  }

  @Override
  public void close() {
    RtpPort opened = port;
    if (opened != null) {
      opened.close();
    }
  }

  private final class Echo implements RtpPort.Receiver {
    @Override
    public void onRtp(ByteBuffer packet) {
      RtpPort opened = port;
      if (opened != null) {
        opened.sendRtp(packet);
      }
    }

    /** Reports speak of a stream in one direction; sent back they would speak of the wrong one. */
    @Override
    public void onRtcp(ByteBuffer packet) {}
  }
}
