package org.ringdown.gateway.sdp.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.ringdown.gateway.sdp.relay.TestStreams.audio;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.gateway.sdp.PlainSdp;
import org.ringdown.gateway.sdp.SdpFiles;
import org.ringdown.gateway.sdp.WebRtcSdp;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.line.SdpException.Reason;
import org.ringdown.gateway.sdp.stream.Codec;
import org.ringdown.gateway.sdp.stream.Direction;
import org.ringdown.gateway.sdp.stream.MediaStream;

final class ReofferTest {
  private static final Codec PCMU = Codec.of(0, "PCMU", 8000);
  private static final Codec OPUS = Codec.of(96, "opus", 48000).withChannels(2);
  private static final Codec DIGITS = Codec.of(101, "telephone-event", 8000);

  private static SdpException refused(List<MediaStream> agreed, List<MediaStream> offered) {
    return catchThrowableOfType(SdpException.class, () -> Reoffer.answer(agreed, offered));
  }

  @ParameterizedTest
  @CsvSource({
    "SENDONLY, RECVONLY",
    "INACTIVE, INACTIVE",
    "SENDRECV, SENDRECV",
    "RECVONLY, SENDONLY",
  })
  void theDirectionIsMirrored(Direction offered, Direction answered) throws SdpException {
    MediaStream offer = audio(PCMU).withDirection(offered);

    assertThat(Reoffer.answer(List.of(audio(PCMU)), List.of(offer)).streams())
        .extracting(MediaStream::direction)
        .containsExactly(answered);
  }

  @Test
  void theOldHoldOfAPolycomIsAnsweredRecvonly() throws SdpException {
    PlainSdp hold = SdpFiles.plain("polycom-hold-offer");

    assertThat(Reoffer.answer(List.of(audio(PCMU)), hold.streams()).streams())
        .extracting(MediaStream::direction)
        .containsExactly(Direction.RECVONLY);
  }

  @Test
  void onlyCodecsInUseAreAnsweredWithTheNewNumbers() throws SdpException {
    MediaStream offer = audio(Codec.of(8, "PCMA", 8000), PCMU, OPUS.withPayloadType(107), DIGITS);

    Reoffer reoffer = Reoffer.answer(List.of(audio(OPUS, PCMU, DIGITS)), List.of(offer));

    assertThat(reoffer.streams().get(0).codecs())
        .containsExactly(OPUS.withPayloadType(107), PCMU, DIGITS);
  }

  @Test
  void aStreamThatIsAddedIsRefused() throws SdpException {
    WebRtcSdp offer = SdpFiles.webRtc("chromium-video-offer");
    List<MediaStream> agreed = offer.streams().subList(0, 1);

    Reoffer reoffer = Reoffer.answer(agreed, offer.streams());

    assertThat(reoffer.streams())
        .extracting(MediaStream::refusal)
        .containsExactly(null, "not agreed on before");
  }

  @Test
  void aStreamThatIsTakenAwayIsAnsweredRefused() throws SdpException {
    List<MediaStream> agreed = List.of(audio(PCMU), audio(PCMU));

    Reoffer reoffer = Reoffer.answer(agreed, List.of(audio(PCMU), audio(PCMU).refused("port 0")));

    assertThat(reoffer.streams()).extracting(MediaStream::refused).containsExactly(false, true);
  }

  @Test
  void noCodecInUseAnyMoreIsAFailure() {
    SdpException refusal = refused(List.of(audio(PCMU, DIGITS)), List.of(audio(OPUS, DIGITS)));

    assertThat(refusal.reason()).isEqualTo(Reason.NO_COMMON_CODEC);
    assertThat(refusal.getMessage()).contains("PCMU/8000");
  }

  @Test
  void aPhoneMayGoOverToTheOtherLaw() throws SdpException {
    MediaStream offer = audio(Codec.of(8, "PCMA", 8000), DIGITS);

    Reoffer reoffer = Reoffer.answer(List.of(audio(OPUS, PCMU, DIGITS)), List.of(offer));

    assertThat(reoffer.streams().get(0).codecs())
        .containsExactly(Codec.of(8, "PCMA", 8000), DIGITS);
  }

  @Test
  void anOfferMayNotLoseSections() {
    assertThat(refused(List.of(audio(PCMU), audio(PCMU)), List.of(audio(PCMU))).reason())
        .isEqualTo(Reason.DOES_NOT_FIT);
  }
}
