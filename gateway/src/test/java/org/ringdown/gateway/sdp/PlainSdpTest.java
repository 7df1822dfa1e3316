package org.ringdown.gateway.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.sdp.policy.SrtpPolicy;
import org.ringdown.gateway.sdp.relay.RelayedOffer;
import org.ringdown.gateway.sdp.stream.Direction;
import org.ringdown.gateway.sdp.stream.MediaStream;

final class PlainSdpTest {
  private static InetSocketAddress at(String host, int port) {
    return new InetSocketAddress(InetAddresses.forString(host), port);
  }

  private static List<String> encodings(MediaStream stream) {
    return stream.codecs().stream().map(c -> c.payloadType() + " " + c.encoding()).toList();
  }

  private static PlainSdp read(String... lines) throws SdpException {
    return PlainSdp.read("v=0\r\n" + String.join("\r\n", lines) + "\r\n");
  }

  @Test
  void aDeskPhonesOfferIsUnderstood() {
    PlainSdp.Section section = SdpFiles.plain("yealink-t46-offer").sections().get(0);

    assertThat(encodings(section.stream()))
        .containsExactly(
            "9 G722/8000",
            "0 PCMU/8000",
            "8 PCMA/8000",
            "18 G729/8000",
            "101 telephone-event/8000");
    assertThat(section.stream().codecs().get(4).fmtp()).isEqualTo("0-15");
    assertThat(section.stream().direction()).isEqualTo(Direction.SENDRECV);
    assertThat(section.stream().ptimeMs()).isEqualTo(20);
    assertThat(section.rtp()).isEqualTo(at("192.0.2.21", 11_780));
    assertThat(section.rtcp()).isEqualTo(at("192.0.2.21", 11_781));
  }

  @Test
  void staticPayloadTypesNeedNoRtpmapAndRtcpMayBeElsewhere() {
    PlainSdp.Section section = SdpFiles.plain("cisco-spa-bare-offer").sections().get(0);

    assertThat(encodings(section.stream()))
        .containsExactly("0 PCMU/8000", "8 PCMA/8000", "18 G729/8000", "101 telephone-event/8000");
    assertThat(section.stream().ptimeMs()).isEqualTo(30);
    assertThat(section.rtcp()).isEqualTo(at("192.0.2.26", 16_500));
  }

  @Test
  void theSectionsOwnAddressCountsBeforeTheSessions() throws SdpException {
    PlainSdp sdp =
        read(
            "c=IN IP4 192.0.2.1",
            "m=audio 4000 RTP/AVP 0",
            "m=video 4002 RTP/AVP 96",
            "c=IN IP6 2001:db8::7",
            "a=rtpmap:96 VP8/90000");

    assertThat(sdp.sections().get(0).rtp()).isEqualTo(at("192.0.2.1", 4_000));
    assertThat(sdp.sections().get(1).rtp()).isEqualTo(at("2001:db8::7", 4_002));
    assertThat(sdp.sections().get(1).rtcp()).isEqualTo(at("2001:db8::7", 4_003));
  }

  @Test
  void rtcpMuxIsNotTakenUp() {
    PlainSdp offer = SdpFiles.plain("grandstream-gxp-offer");
    String answer = offer.answer(offer.streams(), List.of(at("192.0.2.1", 40_000))).write(1, 1);

    assertThat(offer.sections().get(0).rtcp()).isEqualTo(at("192.0.2.27", 5_005));
    assertThat(answer).contains("m=audio 40000 RTP/AVPF 0 8 ").doesNotContain("rtcp-mux");
  }

  @Test
  void ofAStreamThatIsOfferedTwiceOneIsTaken() {
    PlainSdp offer = SdpFiles.plain("snom-srtp-optional-offer");

    assertThat(refusals(offer.under(SrtpPolicy.OFF)))
        .containsExactly("RTP/SAVP is refused because SRTP is off here", "");
    assertThat(refusals(offer.under(SrtpPolicy.OPTIONAL)))
        .containsExactly("", "its RTP/SAVP twin is taken");
    assertThat(refusals(offer.under(SrtpPolicy.REQUIRED)))
        .containsExactly("", "SRTP is required here and there is no a=crypto that is known");
  }

  private static List<String> refusals(PlainSdp sdp) {
    return sdp.streams().stream()
        .map(stream -> Objects.requireNonNullElse(stream.refusal(), ""))
        .toList();
  }

  @Test
  void portZeroAndFaxAreRefused() {
    PlainSdp offer = SdpFiles.plain("fax-t38-offer");

    assertThat(offer.streams())
        .extracting(MediaStream::refusal)
        .containsExactly("port 0", "image is not relayed");
    assertThat(offer.sections()).allMatch(section -> section.rtp() == null);
  }

  @ParameterizedTest
  @CsvSource({
    "sendrecv, SENDONLY",
    "sendonly, SENDONLY",
    "recvonly, INACTIVE",
    "inactive, INACTIVE",
  })
  void theAddressZeroIsReadAsHold(String attribute, Direction direction) throws SdpException {
    PlainSdp held = read("c=IN IP4 0.0.0.0", "m=audio 4000 RTP/AVP 0", "a=" + attribute);

    assertThat(held.streams().get(0).direction()).isEqualTo(direction);
    assertThat(held.sections().get(0).rtp()).isNull();
  }

  @Test
  void aDirectionForTheWholeSessionHoldsForASectionWithoutOne() {
    assertThat(SdpFiles.plain("polycom-vvx-offer").streams().get(0).direction())
        .isEqualTo(Direction.SENDRECV);
    assertThat(SdpFiles.plain("polycom-hold-offer").streams().get(0).direction())
        .isEqualTo(Direction.SENDONLY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "IN IP4 phone.example.org",
        "IN IP4 233.252.0.1/127",
        "IN IP4 233.252.0.1",
        "IN IP6 fe80::1%eth0",
        "IN IP4",
        "ATM NSAP 47"
      })
  void whatIsNoUsableAddressIsNeitherLookedUpNorSentTo(String connection) throws SdpException {
    PlainSdp.Section section = read("c=" + connection, "m=audio 4000 RTP/AVP 0").sections().get(0);

    assertThat(section.rtp()).isNull();
    assertThat(section.stream().refused()).isFalse();
  }

  @Test
  void unreadableAttributesCostTheirCodecOnly() throws SdpException {
    PlainSdp sdp =
        read(
            "c=IN IP4 192.0.2.1",
            "m=audio 4000 RTP/AVP 0 96 97 98 128 0 x 8",
            "a=rtpmap:96 opus",
            "a=rtpmap:97 opus/0/2",
            "a=rtpmap:99999 x/8000",
            "a=rtpmap:",
            "a=fmtp:8",
            "a=ptime:soon",
            "a=rtcp:0 IN IP4 nowhere");

    assertThat(encodings(sdp.streams().get(0))).containsExactly("0 PCMU/8000", "8 PCMA/8000");
    assertThat(sdp.streams().get(0).ptimeMs()).isZero();
    assertThat(sdp.sections().get(0).rtcp()).isEqualTo(at("192.0.2.1", 4_001));
  }

  @Test
  void opusWithoutItsChannelsIsTheSameOpus() throws SdpException {
    PlainSdp sdp = read("m=audio 4000 RTP/AVP 96", "a=rtpmap:96 opus/48000");

    assertThat(sdp.streams().get(0).codecs().get(0).channels()).isEqualTo(2);
  }

  @Test
  void anOfferIsWrittenLean() throws SdpException {
    RelayedOffer relayed =
        RelayedOffer.toPhone(SdpFiles.webRtc("chromium-audio-offer").streams(), MediaPolicy.PLAIN);

    String text = PlainSdp.offer(relayed.streams(), List.of(at("192.0.2.1", 40_000))).write(77, 3);

    assertThat(text)
        .isEqualTo(
            """
            v=0
            o=- 77 3 IN IP4 192.0.2.1
            s=-
            c=IN IP4 192.0.2.1
            t=0 0
            m=audio 40000 RTP/AVP 111 9 0 8 110 126
            a=rtpmap:111 opus/48000/2
            a=fmtp:111 minptime=10;useinbandfec=1
            a=rtpmap:9 G722/8000
            a=rtpmap:0 PCMU/8000
            a=rtpmap:8 PCMA/8000
            a=rtpmap:110 telephone-event/48000
            a=fmtp:110 0-15
            a=rtpmap:126 telephone-event/8000
            a=fmtp:126 0-15
            a=ptime:20
            a=sendrecv
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void anAnswerKeepsRefusedSectionsInTheirPlace() {
    PlainSdp offer = SdpFiles.plain("snom-srtp-optional-offer");

    PlainSdp plain = offer.under(SrtpPolicy.OFF);
    PlainSdp answer =
        plain.answer(plain.streams(), List.of(at("192.0.2.1", 40_000), at("192.0.2.1", 40_002)));

    assertThat(answer.write(1, 1))
        .contains("m=audio 0 RTP/SAVP 9\r\nm=audio 40002 RTP/AVP 9 0 8 101\r\n");
    assertThat(answer.sections().get(0).rtp()).isNull();
  }

  @Test
  void aSecondAddressGetsItsOwnConnectionLine() throws SdpException {
    List<MediaStream> two = List.of(MediaStream.audio(), MediaStream.audio());

    String text =
        PlainSdp.offer(two, List.of(at("192.0.2.1", 40_000), at("2001:db8::1", 40_002)))
            .write(1, 1);

    assertThat(text)
        .contains("o=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\n")
        .containsPattern("m=audio 40002 [^\r]*\r\nc=IN IP6 2001:db8::1\r\n");
    assertThat(PlainSdp.read(text).sections().get(1).rtp()).isEqualTo(at("2001:db8::1", 40_002));
  }
}
