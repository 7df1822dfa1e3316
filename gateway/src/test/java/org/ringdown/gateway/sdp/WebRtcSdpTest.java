package org.ringdown.gateway.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.gateway.sdp.WebRtcSdp.Setup;
import org.ringdown.gateway.sdp.WebRtcSdp.Transport;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.line.SdpException.Reason;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.sdp.relay.RelayedAnswer;
import org.ringdown.gateway.sdp.relay.RelayedOffer;
import org.ringdown.gateway.sdp.relay.Reoffer;
import org.ringdown.gateway.sdp.stream.Codec;
import org.ringdown.gateway.sdp.stream.MediaStream;

final class WebRtcSdpTest {
  private static final String FINGERPRINT = "sha-256 " + "AB:".repeat(31) + "CD";

  static Transport local(Setup setup) {
    return Transport.local(
        "gwUf",
        "gatewayPasswordOf24Chars",
        FINGERPRINT,
        setup,
        List.of("candidate:1 1 udp 2130706431 192.0.2.1 3478 typ host"),
        new InetSocketAddress(InetAddresses.forString("192.0.2.1"), 3_478));
  }

  private static List<String> codecs(MediaStream stream) {
    return stream.codecs().stream().map(Codec::encoding).toList();
  }

  private static String phoneOfferForBrowser(String file) throws SdpException {
    RelayedOffer relayed = RelayedOffer.toBrowser(SdpFiles.plain(file).streams());
    return WebRtcSdp.offer(relayed.streams(), local(Setup.ACTPASS)).write(5, 1);
  }

  @Test
  void chromiumsOfferIsUnderstood() {
    WebRtcSdp offer = SdpFiles.webRtc("chromium-audio-offer");
    Transport transport = offer.transport();

    assertThat(offer.bundle()).isTrue();
    assertThat(offer.streams().get(0).mid()).isEqualTo("0");
    assertThat(codecs(offer.streams().get(0))).startsWith("opus/48000/2", "red/48000/2");
    assertThat(transport.ufrag()).isEqualTo("EWQ7");
    assertThat(transport.password()).isEqualTo("ScqCCARkaxoL0ICHJMhqJD1h");
    assertThat(transport.fingerprints()).singleElement().asString().startsWith("sha-256 0A:EA:");
    assertThat(transport.setup()).isEqualTo(Setup.ACTPASS);
    assertThat(transport.candidates()).hasSize(4);
    assertThat(transport.iceLite()).isFalse();
    assertThat(transport.address())
        .isEqualTo(new InetSocketAddress(InetAddresses.forString("192.0.2.2"), 35_352));
  }

  @Test
  void firefoxHasItsFingerprintAtSessionLevelAndNamesInItsCandidates() {
    WebRtcSdp offer = SdpFiles.webRtc("firefox-audio-offer");

    assertThat(offer.transport().fingerprints())
        .singleElement()
        .asString()
        .startsWith("sha-256 B2:31:");
    assertThat(offer.transport().candidates()).allMatch(c -> c.contains(".local "));
    assertThat(offer.transport().address()).isNull();
  }

  @Test
  void aBundleOnlySectionIsNotRefusedAndTheTransportMayStandAtSessionLevel() {
    WebRtcSdp offer = SdpFiles.webRtc("session-level-max-bundle-offer");

    assertThat(offer.streams()).noneMatch(MediaStream::refused);
    assertThat(offer.transport().ufrag()).isEqualTo("7dKp");
    assertThat(offer.transport().setup()).isEqualTo(Setup.PASSIVE);
  }

  @Test
  void theTransportMayStandInASectionThatIsRefused() throws SdpException {
    String text =
        SdpFiles.text("session-level-max-bundle-offer")
            .replaceFirst("BUNDLE a v", "BUNDLE d v")
            .replaceFirst("a=ice-ufrag:.*\r\na=ice-pwd:.*\r\n", "")
            .replaceFirst(
                "m=audio 50000 UDP/TLS/RTP/SAVPF 0 8", "m=application 50000 UDP/DTLS/SCTP x")
            .replaceFirst(
                "a=mid:a", "a=mid:d\r\na=ice-ufrag:frag\r\na=ice-pwd:twentyTwoLettersOrMore0");

    WebRtcSdp offer = WebRtcSdp.read(text);

    assertThat(offer.streams()).extracting(MediaStream::refused).containsExactly(true, false);
    assertThat(offer.transport().ufrag()).isEqualTo("frag");
    assertThat(offer.transport().address()).isNotNull();
  }

  @Test
  void aDataChannelIsRefusedButKeepsItsPlace() throws SdpException {
    WebRtcSdp offer = SdpFiles.webRtc("chromium-data-offer");
    List<MediaStream> streams = Reoffer.answer(offer.streams(), offer.streams()).streams();

    String answer = offer.answer(streams, local(Setup.PASSIVE)).write(1, 1);

    assertThat(offer.streams().get(1).refusal()).isEqualTo("application is not relayed");
    assertThat(answer)
        .contains("a=group:BUNDLE 0\r\n")
        .endsWith(
            """
            m=application 0 UDP/DTLS/SCTP webrtc-datachannel
            c=IN IP4 0.0.0.0
            a=mid:1
            a=inactive
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void withoutBundleOnlyTheFirstSectionIsTaken() throws SdpException {
    String text = SdpFiles.text("chromium-video-offer").replace("a=group:BUNDLE 0 1\r\n", "");

    WebRtcSdp offer = WebRtcSdp.read(text);

    assertThat(offer.bundle()).isFalse();
    assertThat(offer.streams())
        .extracting(MediaStream::refusal)
        .containsExactly(null, "not in the BUNDLE group");
    assertThat(offer.answer(offer.streams(), local(Setup.PASSIVE)).write(1, 1))
        .doesNotContain("a=group");
  }

  @Test
  void aSectionWithoutRtcpMuxIsRefused() throws SdpException {
    String text = SdpFiles.text("chromium-audio-offer").replace("a=rtcp-mux\r\n", "");

    assertThat(WebRtcSdp.read(text).streams().get(0).refusal()).isEqualTo("no rtcp-mux");
  }

  @ParameterizedTest
  @CsvSource({
    "a=ice-ufrag:.*, '', UNSUPPORTED, no a=ice-ufrag",
    "a=ice-pwd:.*, '', UNSUPPORTED, no a=ice-pwd",
    "a=ice-pwd:.*, a=ice-pwd:short, MALFORMED, a=ice-pwd is not what RFC 8839 allows",
    "a=ice-ufrag:.*, a=ice-ufrag:a b\"c, MALFORMED, a=ice-ufrag is not what RFC 8839 allows",
    "a=fingerprint:.*, '', UNSUPPORTED, no usable a=fingerprint: DTLS-SRTP is required",
    "a=fingerprint:.*, a=fingerprint:sha-256 zz, UNSUPPORTED, "
        + "no usable a=fingerprint: DTLS-SRTP is required",
  })
  void withoutATransportTheDescriptionIsRefused(
      String line, String replacement, Reason reason, String message) {
    String text = SdpFiles.text("chromium-audio-offer").replaceAll("(?m)^" + line, replacement);

    SdpException refusal = catchThrowableOfType(SdpException.class, () -> WebRtcSdp.read(text));

    assertThat(refusal).hasMessage(message);
    assertThat(refusal.reason()).isEqualTo(reason);
  }

  @Test
  void anOfferIsWrittenForAnIceLiteSide() throws SdpException {
    assertThat(phoneOfferForBrowser("yealink-t46-offer"))
        .isEqualTo(
            """
            v=0
            o=- 5 1 IN IP4 192.0.2.1
            s=-
            t=0 0
            a=ice-lite
            a=ice-options:ice2 trickle
            a=fingerprint:%s
            a=group:BUNDLE 0
            a=msid-semantic:WMS *
            m=audio 3478 UDP/TLS/RTP/SAVPF 9 0 8 101
            c=IN IP4 192.0.2.1
            a=mid:0
            a=sendrecv
            a=msid:ringdown audio0
            a=rtcp-mux
            a=ice-ufrag:gwUf
            a=ice-pwd:gatewayPasswordOf24Chars
            a=setup:actpass
            a=candidate:1 1 udp 2130706431 192.0.2.1 3478 typ host
            a=end-of-candidates
            a=rtpmap:9 G722/8000
            a=rtpmap:0 PCMU/8000
            a=rtpmap:8 PCMA/8000
            a=rtpmap:101 telephone-event/8000
            a=fmtp:101 0-15
            a=ptime:20
            """
                .formatted(FINGERPRINT)
                .replace("\n", "\r\n"));
  }

  @Test
  void videoInAnOfferIsBundleOnlyAndAsksForKeyFramesButNotForCongestionFeedback()
      throws SdpException {
    String offer = phoneOfferForBrowser("baresip-video-offer");

    assertThat(offer)
        .contains("a=group:BUNDLE 0 1\r\n", "m=video 0 UDP/TLS/RTP/SAVPF 97\r\n")
        .contains("a=bundle-only\r\n", "a=rtpmap:97 VP8/90000\r\n", "a=msid:ringdown video1\r\n")
        .contains("a=rtcp-fb:* nack\r\n", "a=rtcp-fb:* nack pli\r\n", "a=rtcp-fb:* ccm fir\r\n")
        .doesNotContain("transport-cc", "goog-remb", "extmap", "ssrc", "rsize", "rtx");
    assertThat(offer.split("a=ice-ufrag")).hasSize(2);
    assertThat(offer.indexOf("a=fingerprint:")).isLessThan(offer.indexOf("m=audio"));
  }

  @Test
  void anAnswerHasTheOffersMidsAndNoExtensions() throws SdpException {
    WebRtcSdp offer = SdpFiles.webRtc("safari-audio-video-offer");
    RelayedOffer relayed = RelayedOffer.toPhone(offer.streams(), MediaPolicy.PLAIN);
    RelayedAnswer agreed = relayed.answered(relayed.streams());

    String answer =
        offer.answer(agreed.callerStreams(), local(offer.transport().setup().answer())).write(1, 1);

    assertThat(answer)
        .contains("a=group:BUNDLE 0 1\r\n", "a=mid:0\r\n", "a=mid:1\r\n", "a=setup:passive\r\n")
        .contains("m=video 3478 UDP/TLS/RTP/SAVPF 98 101\r\n")
        .doesNotContain("bundle-only", "extmap", "rtx", "640c1f", "transport-cc");
  }

  @Test
  void noStreamIsAnnouncedWhereNothingIsSent() throws SdpException {
    WebRtcSdp offer = SdpFiles.webRtc("chromium-audio-hold-offer");
    List<MediaStream> streams = Reoffer.answer(offer.streams(), offer.streams()).streams();

    String answer = offer.answer(streams, local(Setup.PASSIVE)).write(1, 1);

    assertThat(answer).contains("a=recvonly\r\n").doesNotContain("msid:ringdown");
  }

  @ParameterizedTest
  @CsvSource({"ACTPASS, PASSIVE", "ACTIVE, PASSIVE", "PASSIVE, ACTIVE"})
  void theGatewayIsTheDtlsServerUnlessTheOtherInsists(Setup offered, Setup answered) {
    assertThat(offered.answer()).isEqualTo(answered);
  }

  @Test
  void otherIceCredentialsAreAnIceRestart() {
    WebRtcSdp first = SdpFiles.webRtc("chromium-audio-offer");

    assertThat(SdpFiles.webRtc("chromium-audio-icerestart-offer").restartsIce(first)).isTrue();
    assertThat(first.restartsIce(SdpFiles.webRtc("chromium-audio-offer"))).isFalse();
  }

  @Test
  void anotherConnectionIsToldFromAnIceRestart() throws SdpException {
    String first = SdpFiles.text("chromium-audio-offer");
    String restarted =
        first.replace("a=ice-ufrag:EWQ7", "a=ice-ufrag:Anew").replace(" 2 IN IP4", " 3 IN IP4");
    String reloaded = restarted.replaceFirst("o=- [0-9]+", "o=- 4711");
    String keptSession = restarted.replace("sha-256 0A:EA:", "sha-256 AA:AA:");
    String counted = first.replaceFirst("o=- [0-9]+", "o=- 4711");

    WebRtcSdp before = WebRtcSdp.read(first);
    assertThat(WebRtcSdp.read(restarted).beginsAnew(before)).as("ICE restart").isFalse();
    assertThat(WebRtcSdp.read(reloaded).beginsAnew(before)).as("another session").isTrue();
    assertThat(WebRtcSdp.read(keptSession).beginsAnew(before)).as("new certificate").isTrue();
    assertThat(WebRtcSdp.read(counted).beginsAnew(before)).as("session number alone").isFalse();
  }

  @Test
  void aTextWithoutSectionsIsRefused() {
    SdpException refusal =
        catchThrowableOfType(SdpException.class, () -> WebRtcSdp.read("v=0\r\ns=-\r\n"));

    assertThat(refusal).hasMessage("no m= section");
  }
}
