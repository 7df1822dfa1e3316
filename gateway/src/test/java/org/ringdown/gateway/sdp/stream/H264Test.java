package org.ringdown.gateway.sdp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class H264Test {
  private static Codec codec(String fmtp) {
    return Codec.of(96, "H264", 90000).withFmtp(fmtp);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "profile-level-id=42e01f                    | profile-level-id=42001f                    |"
            + " true",
        "profile-level-id=42E01F                    | Profile-Level-Id=42800d                    |"
            + " true",
        "profile-level-id=42e01f                    | profile-level-id=4d801f                    |"
            + " true",
        "profile-level-id=42e01f                    | profile-level-id=58c01f                    |"
            + " true",
        "profile-level-id=42e01f                    | profile-level-id=4d001f                    |"
            + " false",
        "profile-level-id=640028                    | profile-level-id=64001f                    |"
            + " true",
        "profile-level-id=640028                    | profile-level-id=640c1f                    |"
            + " false",
        "packetization-mode=1;profile-level-id=42e01f | profile-level-id=42e01f                  |"
            + " false",
        "packetization-mode=1;profile-level-id=42e01f | packetization-mode=1                     |"
            + " true",
        "packetization-mode=9;profile-level-id=x    | whatever                                   |"
            + " true",
      })
  void onlyProfileAndPacketizationModeTellH264Apart(String one, String other, boolean same) {
    assertThat(codec(one).matches(codec(other))).isEqualTo(same);
    assertThat(codec(other).matches(codec(one))).isEqualTo(same);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1f, 1, 28, 28",
    "1, 1f, 0, 28, 1f",
    "0, 1f, 1, 0d, 0d",
    "1, 28, 1, 1f, 1f",
  })
  void theAnswersLevelMayBeHigherOnlyIfBothAllowIt(
      int offerAsymmetry, String offer, int answerAsymmetry, String answer, String agreed) {
    String form = "level-asymmetry-allowed=%d;profile-level-id=42e0%s";
    H264 offered = H264.of(codec(form.formatted(offerAsymmetry, offer)));
    H264 answered = H264.of(codec(form.formatted(answerAsymmetry, answer)));

    assertThat(offered.answered(answered).fmtp()).endsWith("profile-level-id=42e0" + agreed);
  }
}
