package org.ringdown.gateway.testkit.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringdown.gateway.testkit.script.GatewayPlan;
import org.ringdown.gateway.testkit.script.Script;
import org.ringdown.gateway.testkit.script.Step;

/** What is read of a script, and how mistakes in it are told. */
class ScriptReaderTest {
  private static final String ACTORS = "actors: {phone: phone, alice: page}\n";

  @TempDir private Path directory = Path.of("");

  private Path file(String name, String yaml) throws IOException {
    return Files.writeString(directory.resolve(name), yaml);
  }

  private Script read(String yaml) throws IOException, ScriptException {
    return ScriptReader.read(file("a-call.yaml", yaml), Map.of());
  }

  /** The mistakes, without the directory. */
  private List<String> mistakes(String yaml) throws IOException {
    Path file = file("call.yaml", yaml);
    ScriptException refused =
        catchThrowableOfType(
            ScriptException.class, () -> ScriptReader.read(file, Map.of("given", "1")));
    assertThat(refused).as("a script with mistakes").isNotNull();
    return refused.mistakes().stream().map(text -> text.replace(directory + "/", "")).toList();
  }

  @Test
  void aScriptHasANameActorsAndSteps() throws Exception {
    Script script =
        read(
            """
            actors: {phone: {is: phone, transport: tcp}, alice: page}
            cases: [{codec: PCMA}, {codec: PCMU}]
            gateway: start
            hurry: 20
            steps:
              - phone: calls alice with ${codec}
              - alice: expects incoming within 1s
                json: {/from/display: null, /to: alice}
              - together:
                  - wait: 10ms
                  - in order: [{phone: hangs up}]
            """);

    assertThat(script.name()).isEqualTo("a call");
    assertThat(script.cases()).hasSize(2);
    assertThat(script.gateway()).isEqualTo(new GatewayPlan("", 20));
    assertThat(script.actors().values())
        .extracting(plan -> plan.setting("transport").orElse(""))
        .containsExactly("tcp", "");
    Step.Act second = (Step.Act) script.acts().steps().get(1);
    assertThat(second.place().line()).isEqualTo(7);
    assertThat(second.options().json()).containsEntry("/from/display", null);
    assertThat(script.acts().steps().get(2)).isInstanceOf(Step.Together.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "phone: hers 440 Hz        | no verb \"hers\"; did you mean hears?",
        "phone: hears 440          | it ends too early; expected: hears <hz> Hz [within <time>]",
        "phone: calls alice soon   | \"soon\" does not belong here; expected: calls <target>",
        "phone: hears 440 Hz within 2 | \"2\" is not a time such as 500ms or 2s",
        "phone: signs in           | \"signs in\": a phone cannot do this",
        "alice: registers          | \"registers\": a page cannot do this",
        "bob: rings                | nobody is called \"bob\"",
        "alise: rings              | did you mean alice?",
        "wait: long                | \"long\" is not a time such as 500ms or 2s",
        "phone: calls ${who}       | nothing sets ${who}",
        "phone: calls ${alice.port} | nothing sets ${alice.port}",
        "include: nowhere.yaml     | there is no file nowhere.yaml",
        "{for each: [], do: [{wait: 1s}]} | expected at least one row such as {codec: PCMA}",
        "{phone: expects INVITE, header: {From: /(/}} | /(/ is no pattern: Unclosed group",
        "phone: restarts ICE       | \"restarts ICE\": a phone cannot do this",
      })
  void aMistakeIsToldWithItsLineAndWhatWasExpected(String step, String complaint)
      throws IOException {
    List<String> mistakes = mistakes(ACTORS + "steps:\n  - phone: calls alice\n  - " + step + "\n");

    assertThat(mistakes).hasSize(1);
    assertThat(mistakes.get(0)).startsWith("call.yaml:4: ").contains(complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{is: phone, transport: sctp} | transport \"sctp\"; expected udp, tcp or tls",
        "{is: peer, port: 70000}      | port \"70000\"; expected a port",
        "{is: peer, port: 5070, transport: tls} | over TCP and TLS an actor only connects",
        "{is: page, idle: perhaps}    | idle \"perhaps\"; expected true or false",
        "{is: page, port: 5070}       | unknown word \"port\"",
      })
  void aSettingThatCannotBeIsRefused(String actor, String complaint) throws IOException {
    assertThat(mistakes("actors: {bob: " + actor + "}\nsteps: [{wait: 1ms}]\n"))
        .singleElement()
        .asString()
        .startsWith("call.yaml:1: ")
        .contains(complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hurry: 20                   | hurry is for a gateway of the script's own",
        "{gateway: start, hurry: 0}  | \"0\" is not a number from 1 to 100",
        "{gateway: start, hurry: 2x} | \"2x\" is not a number from 1 to 100",
      })
  void aHurryThatCannotBeIsRefused(String top, String complaint) throws IOException {
    String keys = top.replaceAll("[{}]", "").replace(", ", "\n");

    assertThat(mistakes(ACTORS + keys + "\nsteps: [{wait: 1ms}]\n"))
        .singleElement()
        .asString()
        .contains(complaint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "carol: sends offer",
        "carol: moves to another port",
        "carol: calls alice with PCMU",
        "{carol: holds, json: {call: c1}}",
      })
  void aRealBrowserIsAskedForNothingThatItsLibraryDecides(String step) throws IOException {
    String actors = "actors: {carol: {is: page, browser: chromium}, alice: page}\n";

    assertThat(mistakes(actors + "steps:\n  - " + step + "\n"))
        .singleElement()
        .asString()
        .startsWith("call.yaml:3: ")
        .contains("a real browser cannot do this");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                     | call.yaml:1: the file is empty",
        "'# nothing yet'                        | call.yaml:1: the file is empty",
        "'actors: {a: page}\nsteps: []'          | there are no steps; expected steps: and a list",
        "'actors: {a: page}\nsteps: [{include: call.yaml}]' | call.yaml:2: ",
        "'actors: {a: page}\ncases: [{x: 1}, {y: 2}]\nsteps: [{a: \"calls ${x}\"}]' "
            + "| call.yaml:3: not every row of cases: has x",
      })
  void whatIsNoScriptIsRefused(String yaml, String complaint) throws IOException {
    assertThat(mistakes(yaml.replace("\\n", "\n"))).singleElement().asString().contains(complaint);
  }

  @Test
  void aFragmentThatIncludesItselfIsNamed() throws IOException {
    file("part.yaml", "- include: part.yaml\n");

    assertThat(mistakes(ACTORS + "steps: [{include: part.yaml}]"))
        .singleElement()
        .asString()
        .startsWith("part.yaml:1: ")
        .endsWith("part.yaml includes itself");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alice: moves to another port  | it has another port when it restarts ICE",
        "alice: loses 5% of packets    | it sends all its packets",
        "alice: sends offer            | written by the client library",
        "alice: calls phone with PCMA  | it chooses its codecs",
        "{alice: calls phone, json: {to: bob}} | written by the client library",
      })
  void whatARealBrowserCannotDoIsSaidWithTheReason(String step, String complaint)
      throws IOException {
    String actors = "actors: {phone: phone, alice: {is: page, browser: chromium}}\n";

    assertThat(mistakes(actors + "steps:\n  - " + step + "\n"))
        .singleElement()
        .asString()
        .contains("a real browser cannot do this: ", complaint);
  }

  @Test
  void allMistakesAreToldAtOnceInTheOrderOfTheFile() throws IOException {
    assertThat(
            mistakes(
                """
                actors: {phone: fone, alice: page}
                stesp: []
                steps:
                  - alice: signs up
                  - phone: rings
                    headers: {}
                """))
        .satisfiesExactly(
            text -> assertThat(text).startsWith("call.yaml:1: what is phone? expected phone, peer"),
            text ->
                assertThat(text)
                    .isEqualTo("call.yaml:2: unknown word \"stesp\"; did you mean steps?"),
            text ->
                assertThat(text)
                    .startsWith("call.yaml:4: \"signs up\": not a whole sentence")
                    .contains("signs in"),
            text ->
                assertThat(text).startsWith("call.yaml:6: unknown word \"headers\"; did you mean"));
  }

  @Test
  void anIncludedFileIsReadWithItsOwnLines() throws IOException {
    file("part.yaml", "- phone: calls ${whom}\n- phone: dances\n");

    assertThat(mistakes(ACTORS + "steps: [{include: part.yaml, with: {whom: alice}}]\n"))
        .singleElement()
        .asString()
        .startsWith("part.yaml:2: \"dances\": no verb");
  }

  @Test
  void brokenYamlHasItsLine() throws IOException {
    assertThat(mistakes("actors: {phone: phone\nsteps: []\n"))
        .singleElement()
        .asString()
        .startsWith("call.yaml:2: is not valid YAML");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "phone: plays file none.wav  | there is no file none.wav",
        "phone: plays file call.yaml | call.yaml is no WAV file of PCM, A-law or mu-law",
        "alice: replays call.yaml    | call.yaml is no pcap file",
        "phone: replays x stream 7   | \"7\" is not an SSRC such as 0x1A2B3C4D",
      })
  void aFileOfSoundIsReadBeforeAnythingStarts(String step, String complaint) throws IOException {
    assertThat(mistakes(ACTORS + "steps:\n  - " + step))
        .singleElement()
        .asString()
        .startsWith("call.yaml:3: ")
        .contains(complaint);
  }

  @Test
  void aFileWhoseNameHasVariablesIsLookedForWhenItIsPlayed() throws Exception {
    assertThat(read(ACTORS + "steps: [{phone: \"plays file ${phone.user}.wav\"}]").acts().steps())
        .hasSize(1);
  }

  @Test
  void aTableMayBeACsvFile() throws Exception {
    file("users.csv", "\uFEFFuser,greeting\r\n1001,\"says \"\"hello, you\"\"\"\r\n\r\n1002,\r\n");

    Script script =
        read(
            ACTORS
                + """
                cases: users.csv
                steps:
                  - for each: users.csv
                    do: [{phone: "calls ${user}"}]
                """);

    assertThat(script.cases())
        .containsExactly(
            ImmutableMap.of("user", "1001", "greeting", "says \"hello, you\""),
            ImmutableMap.of("user", "1002", "greeting", ""));
    assertThat(script.acts().steps().get(0))
        .isInstanceOfSatisfying(Step.Each.class, each -> assertThat(each.rows()).hasSize(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'user,number;1,2;;3'       | users.csv:4: has 1 values; expected 2: user, number",
        "'user,number;1,\"2;3,4'     | users.csv:2: is no CSV (RFC 4180): Missing closing quote",
        "'user'                     | users.csv:1: expected at least one row",
        "'user,user;1,2'            | users.csv:1: a variable is named twice",
        "'user,;1,2'                | users.csv:1: expected the names of variables, with commas",
        "SEQUENTIAL;1,2             | users.csv:1: this is how files for SIPp begin",
        "''                         | users.csv:1: the file is empty",
      })
  void aMistakeInACsvFileIsToldWithItsLine(String lines, String complaint) throws IOException {
    file("users.csv", lines.replace(';', '\n'));

    assertThat(mistakes(ACTORS + "cases: users.csv\nsteps: [{phone: calls alice}]"))
        .singleElement()
        .asString()
        .startsWith(complaint);
  }

  @Test
  void aCsvFileThatIsNotThereIsToldWhereItIsNamed() throws IOException {
    assertThat(mistakes(ACTORS + "cases: users.csv\nsteps: [{phone: calls alice}]"))
        .containsExactly("call.yaml:2: there is no file users.csv");
  }

  @Test
  void everyFileOfAScriptIsTold() throws Exception {
    file("users.csv", "user\nalice");
    file("part.yaml", "- phone: hangs up");
    List<String> told = new ArrayList<>();

    ScriptReader.read(
        file("call.yaml", ACTORS + "cases: users.csv\nsteps: [{include: part.yaml}]"),
        Map.of(),
        path -> told.add(path.getFileName().toString()));

    assertThat(told).containsExactly("call.yaml", "users.csv", "part.yaml");
  }
}
