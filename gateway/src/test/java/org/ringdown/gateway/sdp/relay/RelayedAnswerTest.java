package org.ringdown.gateway.sdp.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.ringdown.gateway.sdp.relay.TestStreams.audio;
import static org.ringdown.gateway.sdp.relay.TestStreams.codecs;
import static org.ringdown.gateway.sdp.relay.TestStreams.video;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.sdp.PlainSdp;
import org.ringdown.gateway.sdp.SdpFiles;
import org.ringdown.gateway.sdp.WebRtcSdp;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.line.SdpException.Reason;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.sdp.policy.SrtpPolicy;
import org.ringdown.gateway.sdp.stream.Codec;
import org.ringdown.gateway.sdp.stream.Direction;
import org.ringdown.gateway.sdp.stream.MediaStream;
import org.ringdown.gateway.sdp.stream.PayloadMap;

/** What the caller is answered, and which streams and payload types belong together. */
final class RelayedAnswerTest {
  private static Codec h264(int payloadType, String fmtp) {
    return Codec.of(payloadType, "H264", 90000).withFmtp(fmtp);
  }

  @Test
  void theSecondOfTwoSectionsMayBeTheOneThatIsRelayed() throws SdpException {
    PlainSdp offer = SdpFiles.plain("snom-srtp-optional-offer").under(SrtpPolicy.OFF);
    RelayedOffer relayed = RelayedOffer.toBrowser(offer.streams());

    RelayedAnswer agreed = relayed.answered(relayed.streams());

    assertThat(relayed.from()).containsExactly(1);
    assertThat(agreed.callerStreams())
        .extracting(MediaStream::refused)
        .containsExactly(true, false);
    assertThat(agreed.pairs()).extracting(RelayedAnswer.Pair::caller).containsExactly(1);
    assertThat(agreed.pairs()).extracting(RelayedAnswer.Pair::callee).containsExactly(0);
  }

  @Test
  void oneNumberForTwoCodecsIsResolvedForBundle() throws SdpException {
    PlainSdp offer = SdpFiles.plain("baresip-video-offer");

    RelayedOffer relayed = RelayedOffer.toBrowser(offer.streams());
    RelayedAnswer agreed = relayed.answered(relayed.streams());

    assertThat(codecs(relayed.streams().get(0))).contains("96 opus/48000/2");
    assertThat(codecs(relayed.streams().get(1))).containsExactly("97 VP8/90000");
    assertThat(codecs(agreed.callerStreams().get(1))).containsExactly("96 VP8/90000");
    assertThat(agreed.pairs().get(1).payloads().toCallee(96)).isEqualTo(97);
    assertThat(agreed.pairs().get(1).payloads().toCaller(97)).isEqualTo(96);
  }

  @Test
  void theCallerGetsItsOwnNumbersInTheOrderOfTheAnswer() throws SdpException {
    WebRtcSdp caller = SdpFiles.webRtc("chromium-audio-offer");
    RelayedOffer relayed = RelayedOffer.toPhone(caller.streams(), MediaPolicy.PLAIN);

    RelayedAnswer agreed =
        relayed.answered(
            List.of(
                audio(
                    Codec.of(8, "pcma", 8000),
                    Codec.of(18, "G729", 8000),
                    Codec.of(0, "PCMU", 8000),
                    Codec.of(101, "telephone-event", 8000))));

    assertThat(codecs(agreed.callerStreams().get(0)))
        .containsExactly("8 PCMA/8000", "0 PCMU/8000", "126 telephone-event/8000");
    assertThat(agreed.callerStreams().get(0).mid()).isEqualTo("0");
  }

  @Test
  void anAnswerThatRenumbersIsUnderstoodWithBothNumbers() throws SdpException {
    RelayedOffer relayed =
        RelayedOffer.toPhone(SdpFiles.webRtc("chromium-audio-offer").streams(), MediaPolicy.PLAIN);
    MediaStream answer = audio(Codec.of(0, "PCMU", 8000), Codec.of(101, "telephone-event", 8000));

    PayloadMap payloads = relayed.answered(List.of(answer)).pairs().get(0).payloads();

    assertThat(payloads.toCallee(126)).isEqualTo(101);
    assertThat(payloads.toCaller(101)).isEqualTo(126);
    assertThat(payloads.toCaller(126)).isEqualTo(126);
    assertThat(payloads.toCallee(111)).isEqualTo(PayloadMap.NONE);
  }

  @Test
  void videoThatTheOtherSideRefusesIsRefusedToTheCaller() throws SdpException {
    RelayedOffer relayed =
        RelayedOffer.toPhone(SdpFiles.webRtc("chromium-video-offer").streams(), MediaPolicy.PLAIN);

    RelayedAnswer agreed = relayed.answered(SdpFiles.plain("asterisk-answer").streams());

    assertThat(codecs(agreed.callerStreams().get(0)))
        .containsExactly(
            "111 opus/48000/2",
            "0 PCMU/8000",
            "126 telephone-event/8000",
            "110 telephone-event/48000");
    assertThat(agreed.callerStreams().get(0).codecs().get(0).fmtp())
        .isEqualTo("maxplaybackrate=48000");
    assertThat(agreed.callerStreams().get(0).ptimeMs()).isEqualTo(20);
    assertThat(agreed.callerStreams().get(1).refused()).isTrue();
    assertThat(agreed.callerStreams().get(1).mid()).isEqualTo("1");
    assertThat(agreed.pairs()).hasSize(1);
  }

  @Test
  void h264IsAnsweredWithTheOffersProfileAndTheAnswersLevel() throws SdpException {
    RelayedOffer relayed =
        RelayedOffer.toPhone(
            List.of(
                video(
                    h264(102, "packetization-mode=1;profile-level-id=42e01f"),
                    h264(104, "profile-level-id=42e01f"))),
            MediaPolicy.PLAIN);

    RelayedAnswer agreed =
        relayed.answered(
            List.of(
                video(
                    h264(
                        97,
                        "profile-level-id=42800d;"
                            + " packetization-mode=1;sprop-parameter-sets=Zw=="))));

    assertThat(agreed.callerStreams().get(0).codecs())
        .singleElement()
        .satisfies(
            codec -> {
              assertThat(codec.payloadType()).isEqualTo(102);
              assertThat(codec.fmtp())
                  .isEqualTo(
                      "packetization-mode=1;profile-level-id=42e00d;sprop-parameter-sets=Zw==");
            });
  }

  @Test
  void twoBrowsersMayUseWhatNoPhoneKnowsButNotInAnotherProfile() throws SdpException {
    RelayedOffer relayed =
        RelayedOffer.toBrowser(SdpFiles.webRtc("chromium-video-offer").streams());
    MediaStream sent = relayed.streams().get(1);
    Codec vp9 = Codec.of(123, "VP9", 90000).withFmtp("profile-id=2");

    RelayedAnswer agreed =
        relayed.answered(List.of(relayed.streams().get(0), sent.withCodecs(ImmutableList.of(vp9))));

    assertThat(codecs(sent))
        .contains("98 VP9/90000", "100 VP9/90000")
        .anyMatch(c -> c.endsWith("AV1/90000"));
    assertThat(codecs(agreed.callerStreams().get(1))).containsExactly("100 VP9/90000");
  }

  @Test
  void anAnswerWithoutACommonAudioCodecIsSaidWithWhatEachSideHas() throws SdpException {
    RelayedOffer relayed =
        RelayedOffer.toPhone(List.of(audio(Codec.of(0, "PCMU", 8000))), MediaPolicy.PLAIN);
    MediaStream other = audio(Codec.of(18, "G729", 8000), Codec.of(101, "telephone-event", 8000));

    SdpException refusal =
        catchThrowableOfType(SdpException.class, () -> relayed.answered(List.of(other)));

    assertThat(refusal.reason()).isEqualTo(Reason.NO_COMMON_CODEC);
    assertThat(refusal)
        .hasMessage(
            "no audio codec in common: offered were PCMU/8000 PCMA/8000 telephone-event/8000;"
                + " answered was G729/8000 telephone-event/8000");
  }

  @Test
  void theOtherLawIsOfferedToAPhoneAndTheCallerKeepsItsOwn() throws SdpException {
    Codec pcmu = Codec.of(0, "PCMU", 8000);
    Codec pcma = Codec.of(8, "PCMA", 8000);
    RelayedOffer relayed = RelayedOffer.toPhone(List.of(audio(pcmu)), MediaPolicy.PLAIN);

    RelayedAnswer agreed = relayed.answered(List.of(audio(pcma)));

    assertThat(codecs(relayed.streams().get(0)))
        .containsExactly("0 PCMU/8000", "8 PCMA/8000", "126 telephone-event/8000");
    assertThat(codecs(agreed.callerStreams().get(0))).containsExactly("0 PCMU/8000");
    assertThat(codecs(agreed.calleeStreams().get(0))).containsExactly("8 PCMA/8000");
    assertThat(agreed.pairs().get(0).payloads().toCallee(0)).isEqualTo(8);
    assertThat(agreed.pairs().get(0).payloads().toCaller(8)).isZero();
  }

  @Test
  void aPhoneThatAnswersBothLawsGetsTheCallersAndMaySendEither() throws SdpException {
    Codec pcmu = Codec.of(0, "PCMU", 8000);
    Codec pcma = Codec.of(8, "PCMA", 8000);
    RelayedOffer relayed = RelayedOffer.toPhone(List.of(audio(pcmu)), MediaPolicy.PLAIN);

    RelayedAnswer agreed = relayed.answered(List.of(audio(pcma, pcmu)));

    assertThat(codecs(agreed.callerStreams().get(0))).containsExactly("0 PCMU/8000");
    PayloadMap payloads = agreed.pairs().get(0).payloads();
    assertThat(payloads.toCallee(0)).isZero();
    assertThat(payloads.toCaller(0)).isZero();
    assertThat(payloads.toCaller(8)).isZero();
  }

  @Test
  void eachSideHasItsOwnDigitsWhateverTheOtherHas() throws SdpException {
    Codec pcmu = Codec.of(0, "PCMU", 8000);
    Codec digits = Codec.of(101, "telephone-event", 8000);
    RelayedAnswer phoneAlone =
        RelayedOffer.toBrowser(List.of(audio(pcmu, digits))).answered(List.of(audio(pcmu)));
    RelayedAnswer trunkAlone =
        RelayedOffer.toPhone(List.of(audio(pcmu)), MediaPolicy.PLAIN)
            .answered(List.of(audio(pcmu, digits)));

    assertThat(codecs(phoneAlone.callerStreams().get(0)))
        .containsExactly("0 PCMU/8000", "101 telephone-event/8000");
    assertThat(codecs(phoneAlone.calleeStreams().get(0))).containsExactly("0 PCMU/8000");
    assertThat(codecs(trunkAlone.callerStreams().get(0))).containsExactly("0 PCMU/8000");
    assertThat(codecs(trunkAlone.calleeStreams().get(0)))
        .containsExactly("0 PCMU/8000", "101 telephone-event/8000");
  }

  @Test
  void anAnswerWithOtherSectionsDoesNotFit() throws SdpException {
    RelayedOffer relayed = RelayedOffer.toPhone(List.of(MediaStream.audio()), MediaPolicy.PLAIN);

    SdpException more =
        catchThrowableOfType(
            SdpException.class,
            () -> relayed.answered(List.of(MediaStream.audio(), MediaStream.audio())));
    SdpException other =
        catchThrowableOfType(SdpException.class, () -> relayed.answered(List.of(video())));

    assertThat(more.reason()).isEqualTo(Reason.DOES_NOT_FIT);
    assertThat(other)
        .hasMessage("the answer has not the m= sections of the offer: [VIDEO] for [AUDIO]");
  }

  @Test
  void audioIsOfferedBothWaysSoThatHoldStaysOnItsOwnLeg() throws SdpException {
    MediaStream held = MediaStream.audio().withDirection(Direction.SENDONLY);
    RelayedOffer relayed = RelayedOffer.toBrowser(List.of(held));

    RelayedAnswer agreed =
        relayed.answered(List.of(MediaStream.audio().withDirection(Direction.INACTIVE)));

    assertThat(relayed.streams().get(0).direction()).isEqualTo(Direction.SENDRECV);
    assertThat(agreed.callerStreams().get(0).direction()).isEqualTo(Direction.RECVONLY);
    assertThat(agreed.calleeStreams().get(0).direction()).isEqualTo(Direction.INACTIVE);
  }

  @Test
  void videoKeepsTheDirectionOfBothSides() throws SdpException {
    MediaStream watching = video(Codec.of(96, "VP8", 90000)).withDirection(Direction.RECVONLY);
    RelayedOffer relayed =
        RelayedOffer.toPhone(List.of(MediaStream.audio(), watching), MediaPolicy.PLAIN);

    RelayedAnswer agreed =
        relayed.answered(
            List.of(
                MediaStream.audio(), relayed.streams().get(1).withDirection(Direction.SENDONLY)));

    assertThat(relayed.streams().get(1).direction()).isEqualTo(Direction.RECVONLY);
    assertThat(agreed.callerStreams().get(1).direction()).isEqualTo(Direction.SENDONLY);
    assertThat(agreed.calleeStreams().get(1).direction()).isEqualTo(Direction.RECVONLY);
  }
}
