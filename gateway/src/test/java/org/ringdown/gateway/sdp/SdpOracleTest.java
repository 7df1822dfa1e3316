package org.ringdown.gateway.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Vector;
import javax.sdp.MediaDescription;
import javax.sdp.SdpFactory;
import javax.sdp.SessionDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringdown.gateway.sdp.WebRtcSdp.Setup;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.sdp.relay.RelayedOffer;
import org.ringdown.gateway.sdp.stream.MediaStream;

/** What we write, read by another implementation. */
final class SdpOracleTest {
  private static final InetSocketAddress LOCAL =
      new InetSocketAddress(InetAddresses.forString("192.0.2.1"), 40_000);

  private static void assertReadsAlike(Description written) throws Exception {
    SessionDescription read =
        SdpFactory.getInstance().createSessionDescription(written.write(77, 3));

    assertThat(read.getOrigin().getSessionId()).isEqualTo(77);
    assertThat(read.getOrigin().getSessionVersion()).isEqualTo(3);
    Vector<?> media = read.getMediaDescriptions(false);
    assertThat(media).hasSameSizeAs(written.streams());
    for (int i = 0; i < media.size(); i++) {
      MediaDescription section = (MediaDescription) media.get(i);
      Vector<?> formats = section.getMedia().getMediaFormats(false);
      assertThat((Object) formats).isEqualTo(written.streams().get(i).formats());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"chromium-video-offer", "firefox-video-offer", "safari-audio-video-offer"})
  void anOfferToAPhone(String file) throws Exception {
    List<MediaStream> streams =
        RelayedOffer.toPhone(SdpFiles.webRtc(file).streams(), MediaPolicy.PLAIN).streams();

    assertReadsAlike(PlainSdp.offer(streams, List.of(LOCAL, LOCAL)));
  }

  @Test
  void anOfferToABrowser() throws Exception {
    List<MediaStream> streams =
        RelayedOffer.toBrowser(SdpFiles.plain("baresip-video-offer").streams()).streams();

    assertReadsAlike(WebRtcSdp.offer(streams, WebRtcSdpTest.local(Setup.ACTPASS)));
  }
}
