package org.ringdown.gateway.bridge.leg;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.media.leg.Dialect;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.webrtc.page.WebRtcLeg.Verdict;
import org.ringdown.webrtc.page.WebRtcLeg.Verdict.Direction;
import org.ringdown.webrtc.page.WebRtcLeg.Verdict.Hop;
import org.ringdown.webrtc.signaling.ReasonCode;

final class VerdictsTest {
  private static final LegRef PAGE = new LegRef("page", Dialect.WEBRTC);
  private static final LegRef PHONE = new LegRef("phone", Dialect.PLAIN);

  @Test
  void silenceIsNamedByHopAndDirection() {
    Verdict page = Verdicts.onSilence(PAGE, packetsIn(0));
    assertThat(page.code()).isEqualTo(ReasonCode.NO_RTP_FROM_BROWSER);
    assertThat(page.hop()).isEqualTo(Hop.BROWSER);
    assertThat(page.direction()).isEqualTo(Direction.FROM_BROWSER);
    assertThat(page.remedy()).contains("microphone");
    Verdict phone = Verdicts.onSilence(PHONE, packetsIn(0));
    assertThat(phone.code()).isEqualTo(ReasonCode.NO_RTP_FROM_SIP);
    assertThat(phone.direction()).isEqualTo(Direction.FROM_PHONE);
    assertThat(phone.remedy()).contains("firewall");
  }

  @Test
  void silenceAfterSoundIsAnotherMatterThanNoSoundAtAll() {
    assertThat(Verdicts.onSilence(PAGE, packetsIn(500)).text()).contains("stopped");
    assertThat(Verdicts.onSilence(PHONE, packetsIn(500)).remedy()).contains("muted");
    assertThat(Verdicts.onSilence(PHONE, ImmutableMap.of()).text()).contains("No sound has come");
  }

  @Test
  void aFailedPathSaysWhatTheTransportSaw() {
    ImmutableMap<String, Object> evidence =
        ImmutableMap.of(
            "transport", ImmutableMap.of("failure", "Nothing came.", "remedy", "Open."));
    Verdict verdict = Verdicts.onPath(ReasonCode.ICE_FAILED, evidence);
    assertThat(verdict)
        .isEqualTo(
            new Verdict(
                ReasonCode.ICE_FAILED, Hop.BROWSER, Direction.BOTH, "Nothing came.", "Open."));
    assertThat(Verdicts.onPath(ReasonCode.DTLS_FAILED, ImmutableMap.of()).text())
        .isEqualTo(ReasonCode.DTLS_FAILED.sentence());
  }

  private static ImmutableMap<String, Object> packetsIn(int packets) {
    return ImmutableMap.of(
        "streams",
        ImmutableList.of(
            ImmutableMap.of("kind", "audio", "packetsIn", packets),
            ImmutableMap.of("kind", "video")));
  }
}
