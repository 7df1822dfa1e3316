package org.ringdown.webrtc.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ReasonCodeTest {
  @Test
  void codesAreTheEnumsNamesInLowerCase() {
    for (ReasonCode code : ReasonCode.values()) {
      assertThat(code.code()).isEqualTo(code.name().toLowerCase(Locale.ROOT).replace('_', '-'));
      assertThat(code.sentence()).endsWith(".");
    }
  }

  @Test
  void theReferenceListsThemAll() throws Exception {
    String expected =
        Arrays.stream(ReasonCode.values())
            .map(code -> row(code.code(), code.sentence(), code.remedy()))
            .collect(
                Collectors.joining("\n", "| code | meaning | remedy |\n|---|---|---|\n", "\n"));
    assertThat(Files.readString(Path.of("PROTOCOL.md"))).contains(expected);
  }

  private static String row(String code, String sentence, String remedy) {
    return "| `%s` | %s | %s |".formatted(code, sentence, remedy).replace("|  |", "| |");
  }
}
