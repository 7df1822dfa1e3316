package org.ringdown.gateway.testkit.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ringdown.gateway.testkit.script.ActorPlan;
import org.ringdown.gateway.testkit.script.EventWords;
import org.ringdown.gateway.testkit.script.Setting;
import org.ringdown.gateway.testkit.script.Verb;
import org.ringdown.webrtc.signaling.ServerMessage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page for script writers, the schema for editors and the code say the same. */
class WrittenGrammarTest {
  private static final Path PAGE = Path.of("docs", "call-scripts.md");
  private static final Path SCHEMA = Path.of("..", "scripts", "call-script.schema.json");

  private static JsonNode schema() throws IOException {
    return JsonMapper.builder().build().readTree(Files.readString(SCHEMA));
  }

  @ParameterizedTest
  @EnumSource
  void everyVerbStandsOnThePageWithItsMeaning(Verb verb) throws IOException {
    assertThat(Files.readString(PAGE))
        .contains("| `" + verb.sentence() + "` | " + verb.meaning() + " |");
  }

  @Test
  void thePageNamesNoVerbThatThereIsNot() throws IOException {
    List<String> sentences = Arrays.stream(Verb.values()).map(Verb::sentence).toList();

    assertThat(
            Files.readAllLines(PAGE).stream()
                .filter(line -> line.matches("\\| (all|page|phone, peer) \\| `.*")))
        .allSatisfy(line -> assertThat(sentences).contains(line.split("`")[1]))
        .hasSize(sentences.size());
  }

  @Test
  void theExampleOnThePageIsAScript(@TempDir Path directory) throws Exception {
    String block = Files.readString(PAGE).split("```yaml\n", 2)[1].split("```", 2)[0];
    Path file = Files.writeString(directory.resolve("example.yaml"), block);

    assertThat(ScriptReader.read(file, Map.of()).acts().steps()).hasSize(8);
  }

  @Test
  void theSchemaHasTheKeysOfTheReader() throws IOException {
    assertThat(schema().at("/properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(ScriptReader.keys());
    assertThat(schema().at("/$defs/step/properties").propertyNames())
        .containsAll(StepReader.WORDS)
        .containsAll(StepReader.optionNames());
  }

  @ParameterizedTest
  @EnumSource
  void theSchemaHasTheSettingsOfActors(ActorPlan.Kind kind) throws IOException {
    assertThat(schema().at("/$defs/" + kind.word() + "/properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Stream.of("is"), kind.settings().stream().map(Setting::word)).toList());
    for (Setting setting : kind.settings()) {
      String pattern = "/$defs/" + kind.word() + "/properties/" + setting.word() + "/pattern";
      assertThat(schema().at(pattern).asString())
          .as(pattern)
          .isEqualTo("^(" + setting.regex() + "|.*\\$\\{.*)$");
    }
  }

  /** If this fails, the text that it wanted is the pattern to be written there. */
  @Test
  void theSchemaHasTheGrammarOfSentences() throws IOException {
    String sentences =
        Arrays.stream(Verb.values()).map(Verb::regex).collect(Collectors.joining("|"));

    assertThat(schema().at("/$defs/sentence/pattern").asString())
        .isEqualTo("^(" + sentences + "|.*\\$\\{.*)$");
  }

  @Test
  void everythingTheGatewaySaysToPagesCanBeExpected() {
    List<String> types =
        Stream.of(ServerMessage.Event.class, ServerMessage.Reply.class)
            .flatMap(kind -> Arrays.stream(kind.getPermittedSubclasses()))
            .map(type -> type.getAnnotation(JsonTypeName.class).value())
            .toList();

    assertThat(EventWords.ofPages()).containsAll(types);
  }
}
