package org.ringdown.gateway.sdp.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.ringdown.gateway.sdp.relay.TestStreams.audio;
import static org.ringdown.gateway.sdp.relay.TestStreams.codecs;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ringdown.gateway.sdp.PlainSdp;
import org.ringdown.gateway.sdp.SdpFiles;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.line.SdpException.Reason;
import org.ringdown.gateway.sdp.policy.DtmfMethod;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.sdp.policy.RelayedCodec;
import org.ringdown.gateway.sdp.policy.SrtpPolicy;
import org.ringdown.gateway.sdp.stream.Codec;
import org.ringdown.gateway.sdp.stream.MediaStream;

/** What the other side is offered of an offer. */
final class RelayedOfferTest {
  private static final int DATAGRAM_BYTES = 1_300;
  private static final int SIP_HEADER_BYTES = 600;

  static Stream<String> browserOffers() {
    return SdpFiles.browsers()
        .filter(name -> name.endsWith("-offer") && !name.contains("dataonly"));
  }

  @ParameterizedTest
  @MethodSource("browserOffers")
  void anInviteWithABrowsersOfferFitsIntoOneDatagram(String file) throws SdpException {
    RelayedOffer relayed = RelayedOffer.toPhone(SdpFiles.webRtc(file).streams(), MediaPolicy.PLAIN);
    InetSocketAddress local =
        new InetSocketAddress(InetAddresses.forString("198.51.100.200"), 65_000);
    List<InetSocketAddress> addresses = relayed.streams().stream().map(s -> local).toList();

    String text = PlainSdp.offer(relayed.streams(), addresses).write(1L << 61, 1);

    assertThat(text.length()).isLessThan(DATAGRAM_BYTES - SIP_HEADER_BYTES);
    assertThat(text)
        .doesNotContainPattern(
            "extmap|msid|ssrc|a=mid|fingerprint|ice-|group|candidate|red/|ulpfec|rtx|CN/|AV1|VP9");
  }

  @Test
  void chromiumsVideoIsOfferedToAPhoneInVp8AndPlainH264() throws SdpException {
    RelayedOffer relayed =
        RelayedOffer.toPhone(SdpFiles.webRtc("chromium-video-offer").streams(), MediaPolicy.PLAIN);

    assertThat(codecs(relayed.streams().get(1)))
        .containsExactly("96 VP8/90000", "102 H264/90000", "104 H264/90000");
    assertThat(relayed.streams().get(1).codecs().get(1).fmtp())
        .isEqualTo("packetization-mode=1;profile-level-id=42001f");
  }

  @Test
  void aDataChannelIsNotOfferedToAPhone() throws SdpException {
    RelayedOffer relayed =
        RelayedOffer.toPhone(SdpFiles.webRtc("firefox-data-offer").streams(), MediaPolicy.PLAIN);

    assertThat(relayed.streams()).hasSize(1);
    assertThat(relayed.from()).containsExactly(0);
  }

  @Test
  void digitsAreOfferedAtTheClockRatesOfTheCodecs() throws SdpException {
    RelayedOffer linphone =
        RelayedOffer.toBrowser(SdpFiles.plain("linphone-audio-offer").streams());

    assertThat(codecs(linphone.streams().get(0)))
        .containsExactly(
            "96 opus/48000/2",
            "0 PCMU/8000",
            "8 PCMA/8000",
            "99 telephone-event/48000",
            "101 telephone-event/8000");
  }

  @Test
  void digitsAtAnotherRateAreBetterThanNone() throws SdpException {
    Codec opus = Codec.of(96, "opus", 48000).withChannels(2);
    Codec digits = Codec.of(101, "telephone-event", 8000);

    RelayedOffer relayed = RelayedOffer.toBrowser(List.of(audio(opus, digits)));

    assertThat(relayed.streams().get(0).codecs()).hasSize(2);
  }

  @Test
  void nothingInCommonIsSaidWithWhatEachSideHas() {
    Codec ilbc = Codec.of(97, "iLBC", 8000);
    SdpException nothing =
        catchThrowableOfType(
            SdpException.class, () -> RelayedOffer.toBrowser(List.of(audio(ilbc))));

    assertThat(nothing.reason()).isEqualTo(Reason.NO_COMMON_CODEC);
    assertThat(nothing)
        .hasMessage(
            "nothing to relay: offered is iLBC/8000; the gateway relays opus/48000/2 G722/8000"
                + " PCMU/8000 PCMA/8000");
  }

  @Test
  void audioThatIsAllRefusedIsSaidWithTheReason() {
    SdpException refusal =
        catchThrowableOfType(
            SdpException.class,
            () ->
                RelayedOffer.toBrowser(
                    List.of(MediaStream.audio().refused("RTP/SAVP is not supported"))));

    assertThat(refusal.getMessage()).contains("offered is (refused: RTP/SAVP is not supported);");
  }

  @Test
  void aDataChannelAloneIsNoCall() {
    SdpException refusal =
        catchThrowableOfType(
            SdpException.class,
            () ->
                RelayedOffer.toPhone(
                    SdpFiles.webRtc("chromium-dataonly-offer").streams(), MediaPolicy.PLAIN));

    assertThat(refusal.getMessage()).startsWith("nothing to relay: offered is no audio;");
  }

  @Test
  void aPhoneIsOfferedWhatItMayHaveInItsOrder() throws SdpException {
    MediaPolicy policy = policy(RelayedCodec.PCMA, RelayedCodec.OPUS, RelayedCodec.TELEPHONE_EVENT);

    RelayedOffer relayed =
        RelayedOffer.toPhone(SdpFiles.webRtc("chromium-video-offer").streams(), policy);

    assertThat(relayed.streams()).hasSize(1);
    assertThat(codecs(relayed.streams().get(0)))
        .containsExactly(
            "8 PCMA/8000",
            "111 opus/48000/2",
            "110 telephone-event/48000",
            "126 telephone-event/8000");
  }

  @Test
  void whatAPhoneMayNotHaveIsNotTakenFromItEither() throws SdpException {
    MediaStream offered =
        SdpFiles.plain("linphone-audio-offer")
            .streams()
            .get(0)
            .under(policy(RelayedCodec.PCMA, RelayedCodec.PCMU));

    assertThat(codecs(offered)).containsExactly("8 PCMA/8000", "0 PCMU/8000");
    assertThat(offered.under(policy(RelayedCodec.G722)).refusal())
        .isEqualTo("none of its codecs is allowed here");
  }

  private static MediaPolicy policy(RelayedCodec... codecs) {
    return new MediaPolicy(SrtpPolicy.OFF, ImmutableList.copyOf(codecs), DtmfMethod.AUTO);
  }

  @Test
  void aPhoneWithDigitsByInfoIsOfferedNoEvents() throws SdpException {
    MediaPolicy info = new MediaPolicy(SrtpPolicy.OFF, ImmutableList.of(), DtmfMethod.INFO);

    RelayedOffer relayed = RelayedOffer.toPhone(List.of(MediaStream.audio()), info);

    assertThat(relayed.streams().get(0).codecs()).noneMatch(Codec::isTelephoneEvent);
  }

  @Test
  void anOfferOfTheGatewaysOwnCanBeRelayedAsItIs() throws SdpException {
    RelayedOffer relayed = RelayedOffer.toBrowser(List.of(MediaStream.audio()));

    assertThat(relayed.streams().get(0).codecs()).isEqualTo(MediaStream.audio().codecs());
  }
}
