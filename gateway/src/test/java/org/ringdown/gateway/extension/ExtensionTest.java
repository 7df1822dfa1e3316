package org.ringdown.gateway.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.routing.ExtensionKind;
import org.ringdown.gateway.sdp.PlainSdp;
import org.ringdown.sip.rtp.RtpPort;
import org.ringdown.sip.rtp.RtpPortRange;

/** Calls to extensions over real loopback sockets. */
final class ExtensionTest {
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Ear ear = new Ear();
  private RtpPortRange ports;
  private RtpPort phone;

  @BeforeEach
  void open() throws IOException {
    ports = RtpPortRange.open(InetAddress.getLoopbackAddress(), 0, 0, 1);
    phone = ports.allocate(ear);
  }

  @AfterEach
  void close() {
    ports.close();
    clock.shutdownNow();
  }

  @Test
  void theEchoSendsBackWhatItHears() throws Exception {
    Extension echo = Extension.answer(ExtensionKind.ECHO, offer("8 101"), ports, clock);
    phone.connect(rtpOf(echo), rtpOf(echo));
    byte[] sent = {(byte) 0x80, 8, 0, 1, 0, 0, 0, 1, 0, 0, 0, 7, 42, 43};
    phone.sendRtp(ByteBuffer.wrap(sent));
    await().until(() -> !ear.heard.isEmpty());
    assertThat(ear.heard.get(0)).isEqualTo(sent);
    echo.close();
    assertThat(ports.inUse()).isEqualTo(1);
  }

  @Test
  void theToneComesInTheCodecAskedForInEvenSteps() throws Exception {
    Extension tone = Extension.answer(ExtensionKind.TONE, offer("96 8 0"), ports, clock);
    phone.connect(rtpOf(tone), rtpOf(tone));
    await().until(() -> ear.heard.size() >= 5);
    tone.close();
    for (int i = 0; i < 5; i++) {
      ByteBuffer packet = ByteBuffer.wrap(ear.heard.get(i));
      assertThat(packet.remaining()).isEqualTo(12 + 160);
      assertThat(packet.get(1) & 0x7F).isEqualTo(8);
      assertThat(packet.getInt(4) - ByteBuffer.wrap(ear.heard.get(0)).getInt(4)).isEqualTo(i * 160);
    }
  }

  @Test
  void aToneIsRefusedWhereNoCodecFits() {
    assertThatThrownBy(() -> Extension.answer(ExtensionKind.TONE, offer("96"), ports, clock))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("cannot play");
    assertThat(ports.inUse()).isEqualTo(1);
  }

  @Test
  void whatIsNotSdpIsRefused() {
    assertThatThrownBy(() -> Extension.answer(ExtensionKind.ECHO, "nonsense", ports, clock))
        .isInstanceOf(MediaException.class);
  }

  private InetSocketAddress rtpOf(Extension extension) throws Exception {
    InetSocketAddress rtp = PlainSdp.read(extension.sdp()).sections().get(0).rtp();
    assertThat(rtp).isNotNull();
    return rtp;
  }

  private String offer(String formats) {
    return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio "
        + phone.local().getPort()
        + " RTP/AVP "
        + formats
        + "\r\na=rtpmap:96 opus/48000/2\r\na=rtpmap:101 telephone-event/8000\r\n";
  }

  /** Keeps what it hears. */
  private static final class Ear implements RtpPort.Receiver {
    final List<byte[]> heard = new CopyOnWriteArrayList<>();

    @Override
    public void onRtp(ByteBuffer packet) {
      byte[] bytes = new byte[packet.remaining()];
      packet.get(bytes);
      heard.add(bytes);
    }

    @Override
    public void onRtcp(ByteBuffer packet) {}
  }
}
