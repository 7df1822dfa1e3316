package org.ringdown.webrtc.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.NullUnmarked;
import org.ringdown.webrtc.srtp.SrtpProfile;

/** Whatever comes from a peer that has passed its checks, the call goes on. */
@NullUnmarked
class PacketsPropertyTest {
  private static final RecordingListener LISTENER = new RecordingListener();
  private static PeerTransports port;
  private static TestBrowser browser;
  private static int sequence;

  @BeforeContainer
  static void connect() throws IOException {
    port =
        PeerTransports.open(
            new PeerTransports.Config(
                new InetSocketAddress(InetAddresses.forString("127.0.0.1"), 0),
                ImmutableList.of(),
                1,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1)));
    browser = TestBrowser.open(SrtpProfile.AEAD_AES_128_GCM);
    PeerTransport transport = port.create(LISTENER);
    transport.connect(browser.description(), false);
    browser.call(transport);
    await().until(() -> transport.state() == PeerTransport.State.CONNECTED && browser.secured());
  }

  @AfterContainer
  static void close() {
    browser.close();
    port.close();
  }

  @Property(tries = 300)
  void anyDatagramOfAnyKindIsSurvived(
      @ForAll @IntRange(max = 255) int first, @ForAll @Size(max = 120) byte[] rest)
      throws InterruptedException {
    browser.send(ByteBuffer.allocate(1 + rest.length).put((byte) first).put(rest).flip());
    browser.sendRtp(++sequence, rest);
    assertThat(LISTENER.rtp().poll(20, TimeUnit.SECONDS)).hasSize(12 + rest.length);
  }
}
