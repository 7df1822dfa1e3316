package org.ringdown.gateway.linetest;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ScheduledExecutorService;
import org.ringdown.gateway.sdp.PlainSdp;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.stream.Codec;
import org.ringdown.gateway.sdp.stream.MediaStream;
import org.ringdown.gateway.sound.Agreed;
import org.ringdown.gateway.sound.Ear;
import org.ringdown.gateway.sound.Mouth;
import org.ringdown.sip.rtp.RtpPort;
import org.ringdown.sip.rtp.RtpPortRange;

/**
 * A phone of the house that speaks G.711: it plays, hears and presses keys. Safe from any thread.
 */
final class TestPhone implements AutoCloseable {
  private static final int RATE_HZ = 8000;

  private final Ear ear = new Ear(() -> {});
  private final RtpPort port;
  private final Mouth mouth;

  TestPhone(RtpPortRange ports, ScheduledExecutorService timer) throws IOException {
    port = ports.allocate(new Listening());
    mouth = new Mouth(timer, port::sendRtp);
  }

  Ear ear() {
    return ear;
  }

  Mouth mouth() {
    return mouth;
  }

  /** What it offers. */
  String offer() {
    ImmutableList<Codec> codecs =
        MediaStream.audio().codecs().stream()
            .filter(TestPhone::isSpoken)
            .collect(ImmutableList.toImmutableList());
    MediaStream stream = MediaStream.audio().withCodecs(codecs);
    return PlainSdp.offer(ImmutableList.of(stream), ImmutableList.of(port.local())).write(1, 1);
  }

  private static boolean isSpoken(Codec codec) {
    return codec.is("PCMA")
        || codec.is("PCMU")
        || (codec.isTelephoneEvent() && codec.clockRateHz() == RATE_HZ);
  }

  /** Takes the answer and begins to speak; false if there is nothing in it to speak. */
  boolean take(String answer) {
    try {
      PlainSdp.Section section = PlainSdp.read(answer).sections().get(0);
      InetSocketAddress rtp = section.rtp();
      InetSocketAddress rtcp = section.rtcp();
      var agreed = Agreed.answered(section.stream().codecs());
      if (rtp == null || rtcp == null || agreed.isEmpty()) {
        return false;
      }
      port.connect(rtp, rtcp);
      ear.listen(agreed.get());
      mouth.speak(agreed.get().voice(), agreed.get().payloadType(), agreed.get().eventType());
      return true;
    } catch (SdpException e) {
      return false;
    }
  }

  @Override
  public void close() {
    mouth.close();
    port.close();
  }

  private final class Listening implements RtpPort.Receiver {
    @Override
    public void onRtp(ByteBuffer packet) {
      ear.hear(packet);
    }

    @Override
    public void onRtcp(ByteBuffer packet) {}
  }
}
