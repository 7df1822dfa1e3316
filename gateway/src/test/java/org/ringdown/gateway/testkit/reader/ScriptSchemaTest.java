package org.ringdown.gateway.testkit.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an editor says of scripts by the schema: nothing of good ones, and something of mistakes.
 */
class ScriptSchemaTest {
  private static final Path SCRIPTS = Path.of("..", "scripts");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static List<Path> shippedScripts() throws IOException {
    try (Stream<Path> files = Files.walk(SCRIPTS.resolve("calls"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private static List<String> faults(String yaml) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                Files.readString(SCRIPTS.resolve("call-script.schema.json")), InputFormat.JSON);
    Object script =
        new Load(LoadSettings.builder().setSchema(new CoreSchema()).build()).loadFromString(yaml);
    return schema.validate(JSON.writeValueAsString(script), InputFormat.JSON).stream()
        .map(Object::toString)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("shippedScripts")
  void nothingIsWrongWithAShippedScript(Path script) throws IOException {
    assertThat(faults(Files.readString(script))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "phone: sings",
        "phone: hears 440",
        "phone: calls alice soon",
        "phone: hears 440 Hz within 2",
        "wait: long",
        "{phone: expects INVITE, headers: {From: a}}",
        "{phone: expects INVITE, sdp: a=b}",
      })
  void aMistakeInAStepIsSeen(String step) throws IOException {
    String actors = "actors: {phone: phone, alice: page}\n";

    assertThat(faults(actors + "steps:\n  - phone: calls the alice with PCMA\n")).isEmpty();
    assertThat(faults(actors + "steps:\n  - " + step + "\n")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "phone: fone",
        "phone: {is: phone, transport: sctp}",
        "phone: {is: phone, port: 70000}",
        "phone: {is: phone, browser: chromium}",
        "alice: {is: page, browser: mosaic}",
        "alice: {is: page, idle: maybe}",
      })
  void aMistakeInAnActorIsSeen(String actor) throws IOException {
    assertThat(faults("actors: {" + actor + "}\nsteps: [{wait: 1ms}]\n")).isNotEmpty();
  }

  @Test
  void aTableIsAListOrTheNameOfAFile() throws IOException {
    String rest = "\nactors: {phone: phone}\nsteps: [{wait: 1ms}]\n";

    assertThat(faults("cases: users.csv" + rest)).isEmpty();
    assertThat(faults("cases: [{user: 1}]" + rest)).isEmpty();
    assertThat(faults("cases: {user: 1}" + rest)).isNotEmpty();
  }

  @Test
  void aScriptWithoutStepsIsNone() throws IOException {
    assertThat(faults("actors: {phone: phone}\nsteps: []\n")).isNotEmpty();
  }
}
