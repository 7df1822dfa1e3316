package org.ringdown.webrtc.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@link ReasonCode} is the one list of the codes; all that repeats it is held against it. */
final class ReasonCodeTest {
  private static final ImmutableList<String> CODES =
      Arrays.stream(ReasonCode.values())
          .map(ReasonCode::code)
          .collect(ImmutableList.toImmutableList());

  @Test
  void codesAreTheEnumsNamesInLowerCase() {
    for (ReasonCode code : ReasonCode.values()) {
      assertThat(code.code()).isEqualTo(code.name().toLowerCase(Locale.ROOT).replace('_', '-'));
      assertThat(code.sentence()).endsWith(".");
    }
  }

  /** With SIP status and Q.850 cause it is held against the gateway, which knows them. */
  @Test
  void theReferenceListsThemAll() throws Exception {
    String reference = Files.readString(Path.of("PROTOCOL.md"));
    for (ReasonCode code : ReasonCode.values()) {
      assertThat(reference)
          .containsPattern(
              Pattern.quote("| `" + code.code() + "` | " + code.sentence() + " | ")
                  + "[0-9]* ?\\| [0-9]* ?\\| "
                  + Pattern.quote(code.remedy().isEmpty() ? "|" : code.remedy() + " |"));
    }
  }

  @Test
  void theTypesOfTheClientListThemAll() throws Exception {
    String types = Files.readString(Path.of("src/main/resources/web/client/ringdown.d.ts"));
    String union =
        types.substring(
            types.indexOf("export type ReasonCode"), types.indexOf("// of the client's own"));
    assertThat(
            Pattern.compile("'([a-z0-9-]+)'").matcher(union).results().map(ReasonCodeTest::first))
        .containsExactlyInAnyOrderElementsOf(CODES);
  }

  @Test
  void theSchemaListsThemAll() {
    assertThat(ProtocolSchema.definition("code").path("examples").valueStream())
        .extracting(node -> node.asString())
        .containsExactlyElementsOf(CODES);
  }

  private static String first(MatchResult match) {
    return match.group(1);
  }
}
