package org.ringdown.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plays the conversations in {@code src/test/resources/transcripts}, which say what is tested. */
final class TranscriptTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sign-in",
        "token",
        "call-from-the-page",
        "call-to-the-page",
        "renegotiation",
        "hang-up",
        "hold-dtmf-media",
        "limits-and-states",
        "resume",
        "reload",
        "resume-refused",
        "lost",
        "gone-away",
        "goodbye",
        "same-request-twice",
        "preflight-and-stats",
        "transfer",
        "messages",
        "malformed",
        "faults-in-a-row",
      })
  void conversationGoesAsWritten(String name) throws IOException {
    Bench bench = Transcript.play(read(name));
    assertThat(bench.sessions.size()).isLessThanOrEqualTo(1);
  }

  private static String read(String name) throws IOException {
    return Resources.toString(
        Resources.getResource("transcripts/" + name + ".txt"), StandardCharsets.UTF_8);
  }
}
